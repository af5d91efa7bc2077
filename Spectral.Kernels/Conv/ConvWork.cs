namespace Spectral.Kernels;

/// <summary>
/// One pass of a convolution by panels: images, read with a stride and zeros around, against filters at any
/// strides, into outputs at any strides. A forward pass is one of these, the gradient of the input one for
/// each phase of the stride.
/// </summary>
internal readonly record struct ConvWork
{
    /// <summary>Images, input channels, output channels.</summary>
    public required int N { get; init; }

    /// <inheritdoc cref="N"/>
    public required int C { get; init; }

    /// <inheritdoc cref="N"/>
    public required int K { get; init; }

    /// <summary>Both axes.</summary>
    public required ConvWorkAxis H { get; init; }

    /// <inheritdoc cref="H"/>
    public required ConvWorkAxis W { get; init; }

    /// <summary>Strides of the filters by output channel and input channel.</summary>
    public required (int K, int C) Filter { get; init; }

    /// <summary>Strides of the output by image and channel.</summary>
    public required (int N, int K) Output { get; init; }

    /// <summary>Taps of a filter in one channel.</summary>
    public int Window => H.Taps * W.Taps;

    /// <summary>The contracted length.</summary>
    public int L => C * Window;

    /// <summary>Outputs of one channel over all images.</summary>
    public int Columns => N * H.Outputs * W.Outputs;

    /// <summary>Whether images can be read where they are: nothing around them, nothing left out.</summary>
    public bool ReadsInPlace => H.ReadsInPlace && W.ReadsInPlace;

    /// <summary>Elements of the images as they are read.</summary>
    public long SpreadLength => (long)N * C * Phases * H.Spread * W.Spread;

    /// <summary>Planes that each channel is spread to.</summary>
    public int Phases => H.Phases * W.Phases;

    /// <summary>y = x ⋆ w.</summary>
    public static ConvWork Forward(ConvShape s)
    {
        var (outputs, taps) = (s.Output.H * s.Output.W, s.Kernel.H * s.Kernel.W);
        var work = new ConvWork
        {
            N = s.N,
            C = s.C,
            K = s.K,
            H = ConvWorkAxis.Forward(s.H, s.Kernel.W, s.Output.W),
            W = ConvWorkAxis.Forward(s.W, 1, 1),
            Filter = (s.Taps, taps),
            Output = (s.K * outputs, outputs),
        };
        return work.ReadsInPlace && taps == 1 ? work.Flat() : work;
    }

    /// <summary>dx of those elements whose distance from the first is a multiple of the stride.</summary>
    public static ConvWork InputGradient(ConvShape s, int phaseH, int phaseW)
    {
        var (inputs, taps) = (s.Input.H * s.Input.W, s.Kernel.H * s.Kernel.W);
        return new ConvWork
        {
            N = s.N,
            C = s.K,
            K = s.C,
            H = ConvWorkAxis.InputGradient(s.H, phaseH, s.Kernel.W, s.Input.W),
            W = ConvWorkAxis.InputGradient(s.W, phaseW, 1, 1),
            Filter = (taps, s.Taps),
            Output = (s.C * inputs, inputs),
        };
    }

    /// <summary>Windows of one element: an image is as good as one long row.</summary>
    private ConvWork Flat() => this with
    {
        H = H with { Length = 1, Outputs = 1 },
        W = W with { Length = H.Length * W.Length, Outputs = H.Outputs * W.Outputs },
    };
}

/// <summary>One axis of a <see cref="ConvWork"/>.</summary>
/// <param name="Length">Length of the images.</param>
/// <param name="Outputs">Outputs along the axis.</param>
/// <param name="Taps">Taps of the filter.</param>
/// <param name="Dilation">Distance of the taps.</param>
/// <param name="Stride">Distance of the outputs in the image.</param>
/// <param name="Pad">Zeros before the image; negative to leave out its beginning.</param>
/// <param name="FilterStart">First tap in the filters, in elements.</param>
/// <param name="FilterStride">Distance of the taps there.</param>
/// <param name="OutputStart">First output in memory, in elements.</param>
/// <param name="OutputStride">Distance of the outputs there.</param>
internal readonly record struct ConvWorkAxis(
    int Length, int Outputs, int Taps, int Dilation, int Stride, int Pad,
    int FilterStart, int FilterStride, int OutputStart, int OutputStride)
{
    /// <summary>
    /// Images are spread so that outputs a stride apart read neighbours: every phase of the stride that a
    /// tap asks for becomes an image of its own.
    /// </summary>
    public int Phases => Taps == 0 ? 1 : Math.Min(Stride, ((Taps - 1) * Dilation) + 1);

    /// <summary>Length of each phase.</summary>
    public int Spread => ReadsInPlace ? Length : Outputs + (Math.Max(0, Taps - 1) * Dilation / Stride);

    /// <summary>Whether spreading changes nothing.</summary>
    public bool ReadsInPlace =>
        Stride == 1 && Pad == 0 && Outputs + (Math.Max(0, Taps - 1) * Dilation) <= Length;

    /// <summary>As the layer says.</summary>
    /// <param name="a">The axis.</param>
    /// <param name="filterStride">Elements between its taps in a filter.</param>
    /// <param name="outputStride">Elements between its outputs in memory.</param>
    public static ConvWorkAxis Forward(ConvAxis a, int filterStride, int outputStride) => new(
        a.Length, a.Output, a.Kernel, a.Dilation, a.Stride, a.PadBefore, 0, filterStride, 0, outputStride);

    /// <summary>
    /// The adjoint for the inputs h = phase + stride·i. With dilation d = 1 or stride s = 1, output o met
    /// input h through tap r where s·o = h + pad − r·d; so r runs from (phase + pad) mod s in steps of s,
    /// backwards as o runs forwards.
    /// </summary>
    /// <param name="a">The axis.</param>
    /// <param name="phase">From 0 to the stride.</param>
    /// <param name="filterStride">Elements between its taps in a filter.</param>
    /// <param name="outputStride">Elements between its inputs in memory.</param>
    public static ConvWorkAxis InputGradient(ConvAxis a, int phase, int filterStride, int outputStride)
    {
        var s = a.Stride;
        var first = (phase + a.PadBefore) % s;
        var taps = first < a.Kernel ? ((a.Kernel - 1 - first) / s) + 1 : 0;
        var last = first + (s * (taps - 1));
        return new ConvWorkAxis(
            a.Output, (a.Length - phase + s - 1) / s, taps, a.Dilation, 1,
            (Math.Max(0, taps - 1) * a.Dilation) - ((phase + a.PadBefore - first) / s),
            last * filterStride, -s * filterStride, phase * outputStride, s * outputStride);
    }
}
