using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class ThrowTests
{
    private sealed class Counted
    {
        private int _times;

        public override string ToString() => $"{++_times}";
    }

    [Test]
    public void A_sentence_is_put_together_only_when_it_is_thrown()
    {
        var plan = new Counted();
        Throw.Unless(true, "test", $"{plan}", $"at least {plan}", "take another");
        Assert.That(
            () => Throw.Unless(false, "test", $"plan {plan}", $"at least {7:X2}", "take another"),
            Throws.TypeOf<InvalidInputException>().With.Message.EqualTo(
                "[test] plan 1 · at least 07 · take another"));
    }
}
