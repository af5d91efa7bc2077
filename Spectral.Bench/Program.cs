using BenchmarkDotNet.Running;
using Spectral.Bench;

if (args is [SuiteProgram.Word, ..])
    return SuiteProgram.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(KernelConfig).Assembly).Run(args, new KernelConfig());
return 0;
