using System.Globalization;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Spectral.Tests;

/// <summary>Of the tests that another filter lets pass those whose class falls to one part of several.</summary>
/// <param name="inner">The other filter.</param>
/// <param name="part"><c>2/8</c> is the second of eight parts.</param>
internal sealed class PartFilter(TestFilter inner, string part) : TestFilter
{
    private readonly int[] _part =
        [.. part.Split('/').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    public override bool Match(ITest test) =>
        !test.HasChildren && inner.Pass(test) && test.ClassName!.Sum(c => c) % _part[1] == _part[0] - 1;

    public override TNode AddToXml(TNode parentNode, bool recursive) => inner.AddToXml(parentNode, recursive);
}
