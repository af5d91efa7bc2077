using NUnit.Framework.Interfaces;

namespace Spectral.Tests;

/// <summary>Prints what fails, as it fails.</summary>
internal sealed class FailurePrinter : ITestListener
{
    public void TestStarted(ITest test)
    {
    }

    public void TestFinished(ITestResult result)
    {
        if (!result.HasChildren && result.ResultState.Status == TestStatus.Failed)
            Console.WriteLine($"FAILED {result.FullName}\n{result.Message}\n{result.StackTrace}");
    }

    public void TestOutput(TestOutput output)
    {
    }

    public void SendMessage(TestMessage message)
    {
    }
}
