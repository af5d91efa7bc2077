using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of the vertical fast transforms, as kernels take them.</summary>
internal struct PlaneFftArguments(PlaneTransformPlan plan)
{
    public int Columns = plan.W.Kept, Rows = plan.H.Band.BothSigns, Planes = plan.Planes;
    public int Circle = plan.H.FftLength, Height = plan.H.Length, Start = plan.H.Start, Step = plan.H.Step;
}

/// <summary>
/// Copies round the vertical fast transforms: between rows' spectra [columns][2][planes][height], circles
/// [columns][planes][S] and spectra of planes [columns][rows][2][planes]. A circle is zero where nothing is.
/// </summary>
internal sealed class PlaneFftKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>Samples onto circles.</summary>
    internal static void SamplesToCircles<T>(
        ArrayView<T> samples, ArrayView<Complex<T>> circles, PlaneFftArguments g)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < g.Columns * g.Planes * g.Circle; i += WorkItem.Count)
        {
            var from = (i % g.Circle) - g.Start;
            var value = default(Complex<T>);
            if (from >= 0 && from % g.Step == 0 && from / g.Step < g.Height)
            {
                var index = SampleIndex(i / g.Circle, from / g.Step, g);
                value = new Complex<T>(samples[index], samples[index + (g.Planes * g.Height)]);
            }

            circles[i] = value;
        }
    }

    /// <summary>Samples back from circles.</summary>
    internal static void CirclesToSamples<T>(
        ArrayView<Complex<T>> circles, ArrayView<T> samples, PlaneFftArguments g)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < g.Columns * g.Planes * g.Height; i += WorkItem.Count)
        {
            var line = i / g.Height;
            var value = circles[(line * g.Circle) + g.Start + (i % g.Height * g.Step)];
            var index = SampleIndex(line, i % g.Height, g);
            samples[index] = value.Re;
            samples[index + (g.Planes * g.Height)] = value.Im;
        }
    }

    /// <summary>The kept rows out of transformed circles.</summary>
    internal static void CirclesToSpectrum<T>(
        ArrayView<Complex<T>> circles, ArrayView<T> spectrum, PlaneFftArguments g)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < g.Columns * g.Rows * g.Planes; i += WorkItem.Count)
        {
            var plane = i % g.Planes;
            var row = i / g.Planes % g.Rows;
            var column = i / g.Planes / g.Rows;

            // Rows lie in the order 0, 1, −1, 2, −2 …
            var frequency = (row + 1) / 2;
            if (row % 2 == 0 && row > 0)
                frequency = g.Circle - frequency;
            var value = circles[(((column * g.Planes) + plane) * g.Circle) + frequency];
            var index = (((column * g.Rows) + row) * 2 * g.Planes) + plane;
            spectrum[index] = value.Re;
            spectrum[index + g.Planes] = value.Im;
        }
    }

    /// <summary>The kept rows onto circles, zeros elsewhere.</summary>
    internal static void SpectrumToCircles<T>(
        ArrayView<T> spectrum, ArrayView<Complex<T>> circles, PlaneFftArguments g)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < g.Columns * g.Planes * g.Circle; i += WorkItem.Count)
        {
            var frequency = i % g.Circle;
            var plane = i / g.Circle % g.Planes;
            var column = i / g.Circle / g.Planes;
            var row = IntrinsicMath.Max(0, (2 * frequency) - 1);
            if (2 * frequency > g.Circle)
                row = 2 * (g.Circle - frequency);
            var value = default(Complex<T>);
            if (row < g.Rows)
            {
                var index = (((column * g.Rows) + row) * 2 * g.Planes) + plane;
                value = new Complex<T>(spectrum[index], spectrum[index + g.Planes]);
            }

            circles[i] = value;
        }
    }

    private static int SampleIndex(int line, int sample, PlaneFftArguments g) =>
        (((line / g.Planes * 2 * g.Planes) + (line % g.Planes)) * g.Height) + sample;

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<Complex<T>>, PlaneFftArguments>)SamplesToCircles,
        (Action<ArrayView<Complex<T>>, ArrayView<T>, PlaneFftArguments>)CirclesToSamples,
        (Action<ArrayView<Complex<T>>, ArrayView<T>, PlaneFftArguments>)CirclesToSpectrum,
        (Action<ArrayView<T>, ArrayView<Complex<T>>, PlaneFftArguments>)SpectrumToCircles,
    ];
}
