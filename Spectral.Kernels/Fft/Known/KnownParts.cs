using System.Numerics;

namespace Spectral.Kernels;

/// <summary>The parts of a kernel for a known length, as types.</summary>
/// <param name="Chain">Source, stages and targets, an <see cref="IStageChain{T}"/>.</param>
/// <param name="Sink">What is done with the results, an <see cref="IRowSink{T}"/>.</param>
internal readonly record struct KnownParts(Type Chain, Type Sink)
{
    /// <summary>Work-items of a row up to which neighbours read too far apart.</summary>
    private const int FewItems = 2;

    /// <summary>The parts for a job.</summary>
    /// <param name="job">What is done, see <see cref="FftJob{T}.InPairs"/>.</param>
    /// <param name="radices">Radices of its length.</param>
    /// <typeparam name="T">Precision.</typeparam>
    internal static KnownParts Of<T>(FftJob<T> job, IReadOnlyList<int> radices) where T : unmanaged, INumber<T>
    {
        var target = TargetOf(job);
        var sink = target != typeof(InShared<T>) ? typeof(Nothing<T>)
            : IsOfBinPairs(job) ? typeof(PairsOfBins<,>).MakeGenericType(typeof(T), PlacesOf(job))
            : typeof(AnyResults<T>);
        var last = radices.Count - 1;
        var chain = typeof(First<,,,>).MakeGenericType(
            typeof(T), SourceOf(job, KnownShape.Items(radices)), KnownRadices.TypeOf(radices[0]),
            last == 0 ? target : typeof(InShared<T>));
        for (var i = 1; i <= last; i++)
            chain = typeof(Then<,,,>).MakeGenericType(
                typeof(T), chain, KnownRadices.TypeOf(radices[i]), i == last ? target : typeof(InShared<T>));
        return new KnownParts(chain, sink);
    }

    /// <summary>Results of a row, of two that are made of the same points only the first.</summary>
    internal static int ResultsOf<T>(FftJob<T> job) where T : unmanaged, INumber<T> =>
        IsOfBinPairs(job) ? Math.Min((job.Length / 2) + 1, job.Results) : job.Results;

    private static bool IsOfBinPairs<T>(FftJob<T> job) where T : unmanaged, INumber<T> =>
        job.Output == (int)FftPort.HalfSpectrum && job.IsHalved && job.SwapOut == 0;

    private static Type PlacesOf<T>(FftJob<T> job) where T : unmanaged, INumber<T> =>
        job.WritesPairs != 0 && job.To.Point == 2 && job.To.Inner == 2 * job.Results ? typeof(InRuns) : typeof(Anywhere);

    private static Type SourceOf<T>(FftJob<T> job, int items) where T : unmanaged, INumber<T>
    {
        var order = job.SwapIn != 0 ? typeof(Exchanged) : typeof(InOrder);
        if (job.ReadsPairs)
        {
            var isWhole = job.PairStep == 1 && job.FirstPair == 0 && job.LastPair == job.Length - 1;
            var pairs = !isWhole ? typeof(SomePairs<,>) : items <= FewItems ? typeof(StagedPairs<,>) : typeof(WholePairs<,>);
            return pairs.MakeGenericType(typeof(T), order);
        }

        if (job.Input == (int)FftPort.HalfSpectrum && job.SwapIn != 0)
            return job.IsHalved ? typeof(BinPoints<T>) : typeof(MirroredBins<T>);
        if (job.Input == (int)FftPort.Circle && job.IsReal && job.Step == 1 && job.From.Point == 1 && job.SwapIn == 0)
            return typeof(RealPoints<,>).MakeGenericType(typeof(T), SamplesOf(job));
        if (IsPlanar(job.Input, job))
            return typeof(PlanarPoints<,,>).MakeGenericType(typeof(T), OrderOf(job.Input), order);
        return typeof(AnyPoints<T>);
    }

    private static Type TargetOf<T>(FftJob<T> job) where T : unmanaged, INumber<T>
    {
        var order = job.SwapOut != 0 ? typeof(Exchanged) : typeof(InOrder);
        if (job.WritesPairs != 0 && (job.Output == (int)FftPort.Complex || job.WritesSamplePairs))
            return typeof(ToPairs<,>).MakeGenericType(typeof(T), order);
        if (job.Output == (int)FftPort.Circle && job.IsReal && job.Step == 1 && job.To.Point == 1)
            return typeof(ToReals<,,>).MakeGenericType(typeof(T), SamplesOf(job), order);
        if (job.Output == (int)FftPort.HalfSpectrum && !job.IsHalved)
            return typeof(ToPlanes<,,>).MakeGenericType(typeof(T), typeof(LowestBins), order);
        if (IsPlanar(job.Output, job) && job.BiasLength == 0)
            return typeof(ToPlanes<,,>).MakeGenericType(typeof(T), OrderOf(job.Output), order);
        return typeof(InShared<T>);
    }

    private static bool IsPlanar<T>(int port, FftJob<T> job) where T : unmanaged, INumber<T> =>
        (port == (int)FftPort.Circle && !job.IsReal && job.Step == 1) || port == (int)FftPort.Signed;

    private static Type SamplesOf<T>(FftJob<T> job) where T : unmanaged, INumber<T> =>
        job.IsHalved ? typeof(TwoSamples) : typeof(OneSample);

    private static Type OrderOf(int port) => port == (int)FftPort.Signed ? typeof(SignedBins) : typeof(RunOfSamples);
}
