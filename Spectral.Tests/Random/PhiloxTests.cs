using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public sealed class PhiloxTests
{
    // The known answers that the authors publish with Random123 for philox4x32, 10 rounds.
    [TestCase(
        new uint[] { 0, 0, 0, 0 }, new uint[] { 0, 0 },
        new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [TestCase(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, new uint[] { 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [TestCase(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, new uint[] { 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void GivesThePublishedAnswers(uint[] counter, uint[] key, uint[] expected)
    {
        var words = Philox.Block(
            new PhiloxWords(counter[0], counter[1], counter[2], counter[3]), key[0], key[1]);
        Assert.That(new[] { words.X, words.Y, words.Z, words.W }, Is.EqualTo(expected));
    }

    [Test]
    public void NumbersSeedStreamAndBlockAsDocumented()
    {
        var words = Philox.Block(
            seed: 0x299f31d0_a4093822, stream: 0x03707344_13198a2e, block: 0x85a308d3_243f6a88);
        Assert.That(words.ToString(), Is.EqualTo("d16cfe09 94fdcceb 5001e420 24126ea1"));
    }
}
