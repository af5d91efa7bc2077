using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Fourier transforms of one length and batch on one device, planned once and run often. Rows are
/// contiguous, [batch][n]; complex numbers interleaved. Calls are queued on the device's stream and
/// return before they have run. Any n from 1 to <see cref="FftPlanner.MaxLength"/>.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FftPlan<T>
    where T : unmanaged, INumber<T>
{
    private readonly ComputeDevice _device;
    private readonly string? _candidate;
    private readonly FftPass<T>?[] _passes = new FftPass<T>?[4];

    private FftPlan(ComputeDevice device, int n, int batch, FftNorm norm, string? candidate)
    {
        (_device, Length, Batch, Norm, _candidate) = (device, n, batch, norm, candidate);
    }

    private enum Kind
    {
        Forward,
        Inverse,
        ForwardReal,
        InverseReal,
    }

    /// <summary>Points of a transform, n.</summary>
    public int Length { get; }

    /// <summary>Transforms in a call.</summary>
    public int Batch { get; }

    /// <summary>Where the factor 1/n goes.</summary>
    public FftNorm Norm { get; }

    /// <summary>Recipe of the complex transforms.</summary>
    public FftRecipe ComplexRecipe => Pass(Kind.Forward).Recipe;

    /// <summary>
    /// Recipe of the complex transform under the real ones: half the length where n is even.
    /// </summary>
    public FftRecipe RealRecipe => Pass(Kind.ForwardReal).Recipe;

    /// <summary>Name of the candidate that runs the complex transforms.</summary>
    public string Candidate => Pass(Kind.Forward).Candidate;

    /// <summary>
    /// Elements of scratch that each of the four transforms is content with. Calls without a workspace
    /// borrow it from the device's pool, which allocates nothing once it is warm.
    /// </summary>
    public long WorkspaceLength => Enum.GetValues<Kind>().Max(k => Pass(k).WorkspaceLength);

    /// <summary>Plans transforms.</summary>
    /// <param name="device">Where they will run.</param>
    /// <param name="n">Points of a transform, 1 to <see cref="FftPlanner.MaxLength"/>.</param>
    /// <param name="batch">Transforms in a call, 1 or more.</param>
    /// <param name="norm">Where the factor 1/n goes.</param>
    /// <param name="candidate">
    /// Forces <c>lanes</c>, <c>known</c>, <c>block</c> or <c>stages</c>; null takes the best for the device, or what
    /// the environment variable <c>SPECTRAL_PLAN</c> says (<c>fft=stages</c>).
    /// </param>
    /// <exception cref="InvalidInputException">
    /// A length, batch or element type that is not supported, or a candidate that is not legal here.
    /// </exception>
    public static FftPlan<T> Create(
        ComputeDevice device, int n, int batch, FftNorm norm = FftNorm.Backward, string? candidate = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        Throw.Unless(DTypes.Of<T>().IsReal(), "fft", $"{typeof(T).Name} elements", "float or double",
            "convert the values first");
        Throw.Unless(n is >= 1 and <= FftPlanner.MaxLength, "fft", $"length {n}",
            $"1 to {FftPlanner.MaxLength}", "split the transform or shorten the signal");
        Throw.Unless(batch >= 1, "fft", $"batch {batch}", "1 or more", "skip the call for an empty batch");
        var plan = new FftPlan<T>(device, n, batch, norm, candidate);
        plan.Pass(Kind.Forward);
        return plan;
    }

    /// <summary>y[b][k] = Σ x[b][j]·exp(−2πi·jk/n). <paramref name="y"/> may be <paramref name="x"/>.</summary>
    /// <param name="x">batch · n numbers.</param>
    /// <param name="y">batch · n numbers.</param>
    /// <param name="workspace">
    /// At least <see cref="WorkspaceLength"/> elements from the start of a buffer, or none to borrow them.
    /// </param>
    /// <exception cref="InvalidInputException">Views of other sizes.</exception>
    public void Forward(
        ArrayView<Complex<T>> x, ArrayView<Complex<T>> y, ArrayView<T> workspace = default) =>
        Run(Kind.Forward, x.Cast<T>(), y.Cast<T>(), 2L * Batch * Length, 2L * Batch * Length, workspace);

    /// <summary>
    /// y[b][j] = 1/n · Σ x[b][k]·exp(2πi·jk/n). <paramref name="y"/> may be <paramref name="x"/>.
    /// </summary>
    /// <inheritdoc cref="Forward"/>
    public void Inverse(
        ArrayView<Complex<T>> x, ArrayView<Complex<T>> y, ArrayView<T> workspace = default) =>
        Run(Kind.Inverse, x.Cast<T>(), y.Cast<T>(), 2L * Batch * Length, 2L * Batch * Length, workspace);

    /// <summary>The first n/2+1 points of the transform of real rows; x and y must not overlap.</summary>
    /// <param name="x">batch · n numbers.</param>
    /// <param name="y">batch · (n/2+1) numbers.</param>
    /// <param name="workspace">
    /// At least <see cref="WorkspaceLength"/> elements from the start of a buffer, or none to borrow them.
    /// </param>
    /// <exception cref="InvalidInputException">Views of other sizes.</exception>
    public void ForwardReal(
        ArrayView<T> x, ArrayView<Complex<T>> y, ArrayView<T> workspace = default) =>
        Run(Kind.ForwardReal, x, y.Cast<T>(), (long)Batch * Length, 2L * Batch * Bins, workspace);

    /// <summary>
    /// Real rows from half spectra; x and y must not overlap. As NumPy's, it ignores the imaginary part
    /// of point 0 and, for even n, of point n/2.
    /// </summary>
    /// <param name="x">batch · (n/2+1) numbers.</param>
    /// <param name="y">batch · n numbers.</param>
    /// <param name="workspace">
    /// At least <see cref="WorkspaceLength"/> elements from the start of a buffer, or none to borrow them.
    /// </param>
    /// <exception cref="InvalidInputException">Views of other sizes.</exception>
    public void InverseReal(
        ArrayView<Complex<T>> x, ArrayView<T> y, ArrayView<T> workspace = default) =>
        Run(Kind.InverseReal, x.Cast<T>(), y, 2L * Batch * Bins, (long)Batch * Length, workspace);

    /// <inheritdoc/>
    public override string ToString() => $"{Batch} × {ComplexRecipe}, {Candidate}";

    private int Bins => (Length / 2) + 1;

    private void Run(
        Kind kind, ArrayView<T> x, ArrayView<T> y, long xLength, long yLength, ArrayView<T> workspace)
    {
        var pass = Pass(kind);
        Throw.Unless(x.Length == xLength && y.Length == yLength, $"fft {kind}",
            $"views of {x.Length} and {y.Length} reals", $"{xLength} and {yLength}",
            "pass [batch][n] points, [batch][n/2+1] for half spectra");
        if (workspace.Length == 0)
        {
            pass.Run(x, y, x);
            return;
        }

        Throw.Unless(workspace.Length >= pass.WorkspaceLength, $"fft {kind}",
            $"a workspace of {workspace.Length}", $"{pass.WorkspaceLength} or more",
            "lend WorkspaceLength elements");
        pass.Run(x, y, x, workspace);
    }

    private FftPass<T> Pass(Kind kind) => _passes[(int)kind] ??= new FftPass<T>(_device, Job(kind), _candidate);

    private FftJob<T> Job(Kind kind)
    {
        var isForward = kind is Kind.Forward or Kind.ForwardReal;
        var scale = Norm switch
        {
            FftNorm.Ortho => 1 / Math.Sqrt(Length),
            FftNorm.Backward => isForward ? 1 : 1.0 / Length,
            _ => isForward ? 1.0 / Length : 1,
        };
        return kind switch
        {
            Kind.ForwardReal => FftJobs.ForwardReal<T>(Length, Batch, scale),
            Kind.InverseReal => FftJobs.InverseReal<T>(Length, Batch, scale),
            _ => FftJobs.Complex<T>(Length, Batch, !isForward, scale),
        };
    }
}
