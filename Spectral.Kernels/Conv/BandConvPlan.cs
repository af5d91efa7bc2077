using System.Globalization;

namespace Spectral.Kernels;

/// <summary>
/// A band-limited convolution of series, planned: shapes, FFT length and kept bins; a value. Its three
/// transforms each serve both ways: the input's gives X and takes dX back, the filter's W and dW, the
/// output's Y and D.
/// </summary>
/// <param name="Batch">Series N.</param>
/// <param name="InChannels">Channels C.</param>
/// <param name="OutChannels">Filters K.</param>
/// <param name="Axis">Lengths, stride, padding.</param>
/// <param name="FftLength">Circle length S.</param>
/// <param name="Kept">Bins kept, 1 … S/2+1.</param>
public readonly record struct BandConvPlan(
    int Batch, int InChannels, int OutChannels, ConvAxis Axis, int FftLength, int Kept)
{
    /// <summary>Stored bins of the uncut spectrum.</summary>
    public int Half => FftSize.Half(FftLength);

    /// <summary>Share of the stored spectrum that is discarded, 0 … 1.</summary>
    public double AchievedCompression => 1 - (Kept / (double)Half);

    /// <summary>Input rows [N·C][L], after the zeros before them.</summary>
    public BandTransformPlan Input => new(FftLength, Kept, Axis.Length, Axis.PadBefore, 1, Batch * InChannels);

    /// <summary>Filter rows [K·C][R], dilated.</summary>
    public BandTransformPlan Filter =>
        new(FftLength, Kept, Axis.Kernel, 0, Axis.Dilation, OutChannels * InChannels);

    /// <summary>Output rows [N·K][O]; a stride is a step on the circle.</summary>
    public BandTransformPlan Output => new(FftLength, Kept, Axis.Output, 0, Axis.Stride, Batch * OutChannels);

    /// <summary>The products over channels or series, one for each kept bin.</summary>
    public ComplexGemmShape Products => new(ComplexGemmForm.Forward, Kept, Batch, InChannels, OutChannels);

    /// <summary>Plans a convolution; a band that depends on the data is planned with every bin.</summary>
    /// <exception cref="InvalidInputException">A number is out of range.</exception>
    public static BandConvPlan For(
        int batch, int inChannels, int outChannels, ConvAxis axis, Band band, FftSizePolicy policy)
    {
        axis.Validate("bandLimitedConv1d");
        var length = FftSize.Of(axis, policy, dimensions: 1);
        var kept = band.KeptBins(FftSize.Half(length), dimensions: 1);
        return new BandConvPlan(batch, inChannels, outChannels, axis, length, kept);
    }

    /// <summary>Why the plan is what it is, in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"[{Batch}, {InChannels}, {Axis.Length}] * [{OutChannels}, {InChannels}, {Axis.Kernel}] → " +
        $"[{Batch}, {OutChannels}, {Axis.Output}] on a circle of {FftLength}, {Kept} of {Half} bins kept " +
        $"({AchievedCompression:P1} discarded)");
}
