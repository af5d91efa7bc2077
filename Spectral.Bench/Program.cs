using BenchmarkDotNet.Running;
using Spectral.Bench;

BenchmarkSwitcher.FromAssembly(typeof(KernelConfig).Assembly).Run(args, new KernelConfig());
