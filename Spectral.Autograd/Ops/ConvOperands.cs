using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// What every convolution does with its operands before it computes: checks them, adds circular padding,
/// and runs groups one after the other. Series are images of one row.
/// </summary>
internal readonly record struct ConvOperands(Tensor X, Tensor Weight, Tensor? Bias)
{
    /// <summary>One convolution of one group, of checked operands.</summary>
    internal delegate Tensor Convolution(ConvShape shape, ConvOperands operands);

    internal Tensor[] Inputs => Bias is null ? [X, Weight] : [X, Weight, Bias];

    internal Tensor Run(string operation, int rank, Conv2dSettings settings, Convolution convolution)
    {
        Check(operation, rank, settings.Groups);
        if (settings.PaddingMode == PaddingMode.Circular)
        {
            var padded = this with { X = PadCircularly(settings.Padding, settings.After) };
            settings = settings with { Padding = 0, PaddingAfter = null, PaddingMode = PaddingMode.Zeros };
            return padded.Run(operation, rank, settings, convolution);
        }

        if (settings.Groups == 1)
            return convolution(Shape(operation, settings), this);
        var results = new Tensor[settings.Groups];
        for (var group = 0; group < results.Length; group++)
        {
            var part = Group(group, results.Length);
            results[group] = convolution(part.Shape(operation, settings), part);
        }

        return Ops.Concat(results, 1);
    }

    /// <summary>Shape of the result.</summary>
    internal static Shape Result(ConvShape shape, int rank) => rank == 3
        ? [shape.N, shape.K, shape.W.Output]
        : [shape.N, shape.K, shape.H.Output, shape.W.Output];

    private ConvShape Shape(string operation, Conv2dSettings settings)
    {
        var isSeries = X.Rank == 3;
        var shape = new ConvShape(
            X.Shape[0], X.Shape[1], Weight.Shape[0],
            isSeries ? new ConvAxis(1, 1) : settings.Vertical(X.Shape[2], Weight.Shape[2]),
            settings.Horizontal(X.Shape[X.Rank - 1], Weight.Shape[X.Rank - 1]));
        shape.H.Validate(operation);
        shape.W.Validate(operation);
        return shape;
    }

    private void Check(string operation, int rank, int groups)
    {
        var (x, weight, bias) = (X, Weight, Bias);
        Throw.Unless(
            x.Rank == rank && weight.Rank == rank && groups >= 1 && x.Shape[1] == weight.Shape[1] * groups
                && weight.Shape[0] % groups == 0,
            operation, $"input {x.Shape}, filters {weight.Shape}, {groups} group(s)",
            rank == 3
                ? "input [N, C, L] and filters [K, C/groups, R], K a multiple of the groups"
                : "input [N, C, H, W] and filters [K, C/groups, R, Q], K a multiple of the groups",
            "reshape the input or make the layer for its channels");
        Throw.Unless(bias is null || bias.Shape == [weight.Shape[0]], operation, $"bias {bias?.Shape}",
            $"[{weight.Shape[0]}]", "give one bias a filter");
        Throw.Unless(
            x.DType.IsReal() && x.DType == weight.DType && (bias is null || bias.DType == x.DType)
            && x.Device == weight.Device, operation,
            $"input {x.DType} on {x.Device.Info.Id}, filters {weight.DType} on {weight.Device.Info.Id}",
            "one real type on one device", "convert one of them");
        Throw.Unless(x.Shape[0] >= 1, operation, "an empty batch", "at least one sample", "skip empty batches");
    }

    private Tensor PadCircularly(Size2 before, Size2 after)
    {
        var x = Ops.PadCircular(X, X.Rank - 1, before.W, after.W);
        return X.Rank == 3 ? x : Ops.PadCircular(x, X.Rank - 2, before.H, after.H);
    }

    private ConvOperands Group(int group, int groups)
    {
        var (channels, filters) = (X.Shape[1] / groups, Weight.Shape[0] / groups);
        return new ConvOperands(
            Ops.Narrow(X, 1, group * channels, channels),
            Ops.Narrow(Weight, 0, group * filters, filters),
            Bias is null ? null : Ops.Narrow(Bias, 0, group * filters, filters));
    }
}
