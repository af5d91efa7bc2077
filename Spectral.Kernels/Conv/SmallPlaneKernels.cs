using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>One axis of a convolution, what decides which tap joins an output and an input.</summary>
internal struct TapAxis(ConvAxis a)
{
    public int Input = a.Length, Output = a.Output, Taps = a.Kernel, Stride = a.Stride, Pad = a.PadBefore;
    public int Dilation = a.Dilation;

    /// <summary>The tap through which an output reads an input, or −1.</summary>
    public static int Between(TapAxis a, int output, int input)
    {
        var apart = input + a.Pad - (output * a.Stride);
        return apart >= 0 && apart % a.Dilation == 0 && apart / a.Dilation < a.Taps ? apart / a.Dilation : -1;
    }

    /// <summary>Outputs and inputs that a tap joins.</summary>
    public static int Pairs(TapAxis a)
    {
        var pairs = 0;
        for (var o = 0; o < a.Output; o++)
            for (var i = 0; i < a.Input; i++)
                pairs += Between(a, o, i) >= 0 ? 1 : 0;
        return pairs;
    }
}

/// <summary>Sizes of a convolution of small planes as its kernels take them; lengths in elements.</summary>
internal struct SmallPlaneArguments(ConvShape s)
{
    public TapAxis H = new(s.H), W = new(s.W);
    public int N = s.N, C = s.C, K = s.K;

    /// <summary>Panels of lanes: of images, or, for the gradient of the filters, of input channels.</summary>
    public int Panels;

    /// <summary>1 adds a bias of each output channel.</summary>
    public int Bias;

    /// <summary>Rows' filters that are copied at a time.</summary>
    public int Stretch;

    /// <summary>Parts that the blocks of rows are dealt to.</summary>
    public int Parts;

    /// <summary>Scratch of a work-item: filters, then sums.</summary>
    public int SlotLength, SumsAt;

    /// <summary>Samples of an image, of an output and of a filter.</summary>
    public readonly int Inputs => H.Input * W.Input;

    /// <inheritdoc cref="Inputs"/>
    public readonly int Outputs => H.Output * W.Output;

    /// <inheritdoc cref="Inputs"/>
    public readonly int Taps => H.Taps * W.Taps;
}

/// <summary>
/// Convolutions of planes of a few samples, for CPUs: lanes are images, and taps that only meet padding, most of them
/// where the planes are smaller than the filters, are left out. Filters are read as they are.
/// </summary>
internal sealed class SmallPlaneKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, Lanes16<float>>(), .. Forms<double, Lanes8<double>>()];

    /// <summary>
    /// y, or dx where <typeparamref name="TPass"/> says so, a work-item for six of its channels; <paramref name="x"/>,
    /// or dy, is packed by <see cref="PackKernels.Columns"/> as [panel][channel][sample][images].
    /// </summary>
    internal static void Multiply<T, TLanes, TPass>(
        ArrayView<T> x, ArrayView<T> w, ArrayView<T> bias, ArrayView<T> y, ArrayView<T> scratch, SmallPlaneArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
        where TPass : struct, IPlanePass
    {
        var slot = WorkItem.Index * g.SlotLength;
        var (rows, l) = TPass.IsForward ? (g.K, g.C) : (g.C, g.K);
        var (from, to) = TPass.IsForward ? (g.Inputs, g.Outputs) : (g.Outputs, g.Inputs);
        var tileLength = PanelTile<T, TLanes>.Rows * TLanes.Width;
        var blocks = (rows + PanelTile<T, TLanes>.Rows - 1) / PanelTile<T, TLanes>.Rows;
        for (var block = WorkItem.Index; block < blocks; block += WorkItem.Count)
        {
            var row = block * PanelTile<T, TLanes>.Rows;
            var count = Math.Min(PanelTile<T, TLanes>.Rows, rows - row);
            for (var first = 0; first < l; first += g.Stretch)
            {
                var length = Math.Min(g.Stretch, l - first);
                Take<T, TPass>(w, scratch, slot, row, count, first, length, g);
                var at = TPass.IsForward ? SixRows.From(0, count, length * g.Taps) : SixRows.From(0, count, g.Taps);
                var step = TPass.IsForward ? g.Taps : count * g.Taps;
                for (var panel = 0; panel < g.Panels; panel++)
                    for (var t = 0; t < to; t++)
                    {
                        var sums = slot + g.SumsAt + (((panel * to) + t) * tileLength);
                        if (first == 0)
                            PanelTile<T, TLanes>.Store(scratch, sums, TLanes.Width, PanelTile<T, TLanes>.Zero);
                        for (var f = 0; f < from; f++)
                        {
                            var tap = TPass.IsForward ? Tap(g, t, f) : Tap(g, f, t);
                            if (tap < 0)
                                continue;
                            var tile = PanelTile<T, TLanes>.Add(
                                PanelTile<T, TLanes>.Load(scratch, sums), scratch, at, slot + tap, step, x,
                                ((((panel * l) + first) * from) + f) * TLanes.Width, from * TLanes.Width, length);
                            PanelTile<T, TLanes>.Store(scratch, sums, TLanes.Width, tile);
                        }
                    }
            }

            for (var i = 0; i < count; i++)
                for (var t = 0; t < to; t++)
                {
                    var start = T.Zero;
                    if (g.Bias != 0)
                        start = bias[row + i];
                    for (var n = 0; n < g.N; n++)
                        y[(((n * rows) + row + i) * to) + t] = start
                            + scratch[slot + g.SumsAt + (((((n / TLanes.Width * to) + t) * PanelTile<T, TLanes>.Rows)
                                + i) * TLanes.Width) + (n % TLanes.Width)];
                }
        }
    }

    /// <summary>
    /// dw, a work-item for six output channels at a time of a panel of input channels; <paramref name="dy"/> is packed
    /// by <see cref="PackKernels.Rows"/> as [block][output][image][6], <paramref name="x"/> by
    /// <see cref="PackKernels.Columns"/> as [panel][input][image][channels].
    /// </summary>
    internal static void FilterGradient<T, TLanes>(
        ArrayView<T> dy, ArrayView<T> x, ArrayView<T> dw, ArrayView<T> scratch, SmallPlaneArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var tileLength = PanelTile<T, TLanes>.Rows * TLanes.Width;
        var blocks = (g.K + PanelTile<T, TLanes>.Rows - 1) / PanelTile<T, TLanes>.Rows;
        for (var item = WorkItem.Index; item < g.Panels * g.Parts; item += WorkItem.Count)
        {
            var (panel, part) = (item / g.Parts, item % g.Parts);
            for (var block = blocks * part / g.Parts; block < blocks * (part + 1) / g.Parts; block++)
            {
                for (var tap = 0; tap < g.Taps; tap++)
                    PanelTile<T, TLanes>.Store(
                        scratch, slot + (tap * tileLength), TLanes.Width, PanelTile<T, TLanes>.Zero);
                for (var o = 0; o < g.Outputs; o++)
                    for (var i = 0; i < g.Inputs; i++)
                    {
                        var tap = Tap(g, o, i);
                        if (tap < 0)
                            continue;
                        var sums = slot + (tap * tileLength);
                        var tile = PanelTile<T, TLanes>.Add<InterleavedRows>(
                            PanelTile<T, TLanes>.Load(scratch, sums), dy,
                            ((block * g.Outputs) + o) * g.N * PanelTile<T, TLanes>.Rows, x,
                            ((panel * g.Inputs) + i) * g.N * TLanes.Width, g.N);
                        PanelTile<T, TLanes>.Store(scratch, sums, TLanes.Width, tile);
                    }

                Place<T, TLanes>(scratch, slot, dw, block, panel, g);
            }
        }
    }

    /// <summary>A tile of each tap to [output channel][input channel][tap].</summary>
    private static void Place<T, TLanes>(
        ArrayView<T> scratch, int sums, ArrayView<T> dw, int block, int panel, SmallPlaneArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var row = block * PanelTile<T, TLanes>.Rows;
        var columns = Math.Min(TLanes.Width, g.C - (panel * TLanes.Width));
        for (var r = 0; r < Math.Min(PanelTile<T, TLanes>.Rows, g.K - row); r++)
        {
            var to = (((row + r) * g.C) + (panel * TLanes.Width)) * g.Taps;
            for (var lane = 0; lane < columns; lane++)
                for (var tap = 0; tap < g.Taps; tap++)
                    dw[to + (lane * g.Taps) + tap]
                        = scratch[sums + (((tap * PanelTile<T, TLanes>.Rows) + r) * TLanes.Width) + lane];
        }
    }

    /// <summary>
    /// Filters of some rows to scratch, in the runs in which they lie: of a forward pass [row][l][tap], of a gradient
    /// [l][row][tap].
    /// </summary>
    private static void Take<T, TPass>(
        ArrayView<T> w, ArrayView<T> scratch, int to, int row, int count, int first, int length, SmallPlaneArguments g)
        where T : unmanaged, INumber<T>
        where TPass : struct, IPlanePass
    {
        if (TPass.IsForward)
            for (var i = 0; i < count; i++)
                SpreadKernels.Copy(
                    w, (((row + i) * g.C) + first) * g.Taps, scratch, to + (i * length * g.Taps), length * g.Taps);
        else
            for (var k = 0; k < length; k++)
                SpreadKernels.Copy(
                    w, (((first + k) * g.C) + row) * g.Taps, scratch, to + (k * count * g.Taps), count * g.Taps);
    }

    private static int Tap(SmallPlaneArguments g, int output, int input)
    {
        var r = TapAxis.Between(g.H, output / g.W.Output, input / g.W.Input);
        var q = TapAxis.Between(g.W, output % g.W.Output, input % g.W.Input);
        return r < 0 || q < 0 ? -1 : (r * g.W.Taps) + q;
    }

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        Form<T, TLanes, ForwardPlanes>(), Form<T, TLanes, BackwardPlanes>(),
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SmallPlaneArguments>)FilterGradient<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, PackArguments>)PackKernels.Rows,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, PackColumnsArguments>)PackKernels.Columns<T, TLanes>,
    ];

    private static Delegate Form<T, TLanes, TPass>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
        where TPass : struct, IPlanePass =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SmallPlaneArguments>)
            Multiply<T, TLanes, TPass>;
}

/// <summary>Which way a product of small planes goes: what compilers see as a constant.</summary>
internal interface IPlanePass
{
    /// <summary>From the input to the output, or back.</summary>
    static abstract bool IsForward { get; }
}

/// <summary>y from x.</summary>
internal readonly struct ForwardPlanes : IPlanePass
{
    public static bool IsForward => true;
}

/// <summary>dx from dy.</summary>
internal readonly struct BackwardPlanes : IPlanePass
{
    public static bool IsForward => false;
}
