using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Chooses samples so that each class keeps its share: quotas n_c · count / n, rounded to whole numbers by
/// the largest remainder, at least one of each class. Which samples of a class are taken is drawn at random.
/// </summary>
internal static class Stratification
{
    // Keeps these draws apart from those of others that are seeded with the same number.
    private const ulong Key = 0x9E6C63D0876A9A99;

    /// <summary>The chosen samples, ascending; all of them where that many are not there.</summary>
    internal static int[] Choose(Dataset data, int count, ulong seed)
    {
        var members = Enumerable.Range(0, data.Count).ToLookup(index => data.Labels[index]);
        var classes = Enumerable.Range(0, data.ClassNames.Length).Where(c => members[c].Any()).ToArray();
        Throw.Unless(count >= classes.Length, "limit", $"{count} samples of {classes.Length} classes",
            $"at least {classes.Length}, one of each class", "raise the limit");
        if (count >= data.Count)
            return [.. Enumerable.Range(0, data.Count)];

        var taken = Quotas([.. classes.Select(c => members[c].Count())], count);
        var chosen = new List<int>(count);
        for (var i = 0; i < classes.Length; i++)
        {
            var all = members[classes[i]].ToArray();
            new Generator(seed ^ Key, (ulong)classes[i]).Shuffle<int>(all);
            chosen.AddRange(all.Take(taken[i]));
        }
        chosen.Sort();
        return [.. chosen];
    }

    private static int[] Quotas(int[] sizes, int count)
    {
        var total = sizes.Sum(size => (long)size);
        var taken = Array.ConvertAll(sizes, size => Math.Max(1, (int)(size * (long)count / total)));
        // How far a class is below its quota, times the number of all samples: whole numbers tie exactly.
        long Missing(int c) => (sizes[c] * (long)count) - (taken[c] * total);
        for (var left = count - taken.Sum(); left != 0; left -= Math.Sign(left))
        {
            var candidates = Enumerable.Range(0, sizes.Length);
            if (left > 0)
                taken[candidates.MaxBy(Missing)]++;
            else
                taken[candidates.Where(c => taken[c] > 1).MinBy(Missing)]--;
        }
        return taken;
    }
}
