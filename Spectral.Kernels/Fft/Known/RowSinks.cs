using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>What a kernel for a known length does with the results in shared memory.</summary>
internal interface IRowSink<T> where T : unmanaged, INumber<T>
{
    /// <summary>Whether there is anything to do.</summary>
    static abstract bool IsUsed { get; }

    /// <summary>
    /// Whether results go to the other half of shared memory first, one row behind the other, since the rows of a group lie
    /// so in global memory: neighbours then write neighbours, whatever the lengths.
    /// </summary>
    static abstract bool IsStaged { get; }

    /// <summary>Writes result <paramref name="k"/>, below <see cref="KnownShape.Results"/>, of an inner row.</summary>
    /// <param name="run">What is done.</param>
    /// <param name="points">The row's points.</param>
    /// <param name="staged">Where the row's results go, if they are staged.</param>
    /// <param name="inner">Which row.</param>
    /// <param name="k">Which result.</param>
    static abstract void Store(KnownRun<T> run, SharedPoints<T> points, SharedPoints<T> staged, int inner, int k);
}

/// <summary>Nothing: the last stage has written to global memory.</summary>
internal readonly struct Nothing<T> : IRowSink<T> where T : unmanaged, INumber<T>
{
    public static bool IsUsed => false;

    public static bool IsStaged => false;

    public static void Store(KnownRun<T> run, SharedPoints<T> points, SharedPoints<T> staged, int inner, int k)
    {
    }
}

/// <summary>Any results, one by one.</summary>
internal readonly struct AnyResults<T> : IRowSink<T> where T : unmanaged, INumber<T>
{
    public static bool IsUsed => true;

    public static bool IsStaged => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(KnownRun<T> run, SharedPoints<T> points, SharedPoints<T> staged, int inner, int k)
    {
        FftOutput<SharedPoints<T>, PointLane<T>, T>.Store(
            points, 0, run.Y, new(run.BiasOf(inner)), run.Table, run.Job, run.Outer, inner, 1, k);
    }
}

/// <summary>
/// Bins of a real signal of even length: bins k and h − k are made of the same two points. With A, B and w as in
/// <see cref="FftOutput{TPoints, TLanes, T}"/>, s = A + B and t = w·(A − B), bin k is s − i·t and bin h − k the conjugate of
/// s + i·t.
/// </summary>
internal readonly struct PairsOfBins<T, TPlaces> : IRowSink<T>
    where T : unmanaged, INumber<T>
    where TPlaces : struct, IBinPlaces
{
    public static bool IsUsed => true;

    public static bool IsStaged => TPlaces.AreInRuns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(KnownRun<T> run, SharedPoints<T> points, SharedPoints<T> staged, int inner, int k)
    {
        var job = run.Job;
        var other = job.Length - k;
        var a = points[k];
        var b = points[k == 0 ? 0 : other].Conjugate;
        var sum = a + b;
        var turned = (a - b) * run.Table[job.Roots + k];
        Write(run, staged, inner, k, ComplexLanes<PointLane<T>, T>.MinusI(sum, turned) * job.Scale);
        if (other != k && other < job.Results)
            Write(run, staged, inner, other, ComplexLanes<PointLane<T>, T>.PlusI(sum, turned).Conjugate * job.Scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(
        KnownRun<T> run, SharedPoints<T> staged, int inner, int k, ComplexLanes<PointLane<T>, T> value)
    {
        if (TPlaces.AreInRuns)
        {
            staged[k] = value;
            return;
        }

        var target = run.TargetOf(inner) + (k * run.Job.To.Point);
        run.Y[target] = value.Re.Value;
        run.Y[target + run.Job.To.Imaginary] = value.Im.Value;
    }
}

/// <summary>How the bins of the rows of a group lie in global memory, as a type.</summary>
internal interface IBinPlaces
{
    /// <summary>Whether they are complex numbers one after the other, row after row; else anything.</summary>
    static abstract bool AreInRuns { get; }
}

/// <summary>Anywhere.</summary>
internal readonly struct Anywhere : IBinPlaces
{
    public static bool AreInRuns => false;
}

/// <summary>One after the other.</summary>
internal readonly struct InRuns : IBinPlaces
{
    public static bool AreInRuns => true;
}
