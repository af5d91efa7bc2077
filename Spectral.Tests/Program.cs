using System.Security;
using NUnit.Framework.Api;
using NUnit.Framework.Internal;
using Spectral.Tests;

// Runs tests where there is no SDK: dotnet Spectral.Tests.dll [REGEX [PART/PARTS]]. Without an expression those that
// run on devices: the rest needs the sources. Several processes can take a part of the fixtures each.
var expression = args is [{ Length: > 0 } given, ..] ? given : """\("(cpu|cuda|opencl)""";
var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
runner.Load(typeof(TestDevices).Assembly, new Dictionary<string, object>());
var named = TestFilter.FromXml($"<filter><test re='1'>{SecurityElement.Escape(expression)}</test></filter>");
TestFilter filter = args is [_, var part, ..] ? new PartFilter(named, part) : named;
Console.WriteLine($"devices: {string.Join(", ", TestDevices.Ids)}");
var result = runner.Run(new FailurePrinter(), filter);
Console.WriteLine($"{result.PassCount} passed, {result.FailCount} failed, {result.SkipCount} skipped");
return result is { FailCount: 0, PassCount: > 0 } ? 0 : 1;
