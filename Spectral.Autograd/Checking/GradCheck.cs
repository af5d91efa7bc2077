using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// Compares the backward pass of a function with central finite differences, entry by entry of the full
/// Jacobian, in double.
/// </summary>
public static class GradCheck
{
    /// <summary>Checks the gradients of all inputs that require one.</summary>
    /// <param name="function">The function, of any number of inputs; deterministic.</param>
    /// <param name="inputs">Float64 leaves; those with <see cref="Tensor.RequiresGrad"/> are checked.</param>
    /// <param name="step">Step of the differences; their error is of the order of its square.</param>
    /// <param name="tolerance">Bound on |analytic − numeric| / (1 + |numeric|).</param>
    /// <exception cref="InvalidInputException">An input is not Float64, or none requires a gradient.</exception>
    public static GradCheckReport Run(
        Func<Tensor[], Tensor> function, Tensor[] inputs, double step = 1e-5, double tolerance = 1e-7)
    {
        Throw.Unless(inputs.Any(t => t.RequiresGrad), "gradcheck", "no input that requires a gradient",
            "at least one", "set RequiresGrad on the inputs to check");
        var worst = new GradCheckReport(true, 0, 0, 0, 0, 0, 0, 0, tolerance);
        var entries = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!inputs[i].RequiresGrad)
                continue;
            Throw.Unless(inputs[i].DType == DType.Float64, "gradcheck", $"input {i} of {inputs[i].DType}",
                "Float64", "make the inputs in double");
            var analytic = Analytic(function, inputs, i);
            var numeric = Numeric(function, inputs, i, step);
            for (var output = 0; output < analytic.Length; output++)
                for (var e = 0; e < inputs[i].Length; e++)
                {
                    entries++;
                    var (a, n) = (analytic[output][e], numeric[e][output]);
                    var error = Math.Abs(a - n) / (1 + Math.Abs(n));
                    if (!(error <= worst.WorstError))
                        worst = new GradCheckReport(false, 0, error, i, e, output, a, n, tolerance);
                }
        }

        return worst with { Passed = worst.WorstError <= tolerance, Entries = entries };
    }

    // One backward pass for each element of the output: row by row.
    private static double[][] Analytic(Func<Tensor[], Tensor> function, Tensor[] inputs, int input)
    {
        using var scope = new TensorScope();
        var y = function(inputs);
        var rows = new double[y.Length][];
        for (var output = 0; output < rows.Length; output++)
        {
            var unit = new double[y.Length];
            unit[output] = 1;
            Forget(inputs);
            y.Backward(Tensor.From(unit, y.Shape, y.Device), retainGraph: true);
            rows[output] = inputs[input].Grad?.ToDoubles() ?? new double[inputs[input].Length];
        }

        Forget(inputs);
        return rows;
    }

    // One pair of forward passes for each element of the input: column by column.
    private static double[][] Numeric(Func<Tensor[], Tensor> function, Tensor[] inputs, int input, double step)
    {
        using var noGrad = GradMode.NoGrad();
        var values = inputs[input].ToArray<double>();
        var columns = new double[values.Length][];
        for (var e = 0; e < values.Length; e++)
        {
            var above = Shifted(function, inputs[input], inputs, values, e, step);
            var below = Shifted(function, inputs[input], inputs, values, e, -step);
            columns[e] = [.. above.Zip(below, (a, b) => (a - b) / (2 * step))];
        }

        inputs[input].Data.CopyFrom<double>(values);
        return columns;
    }

    private static double[] Shifted(
        Func<Tensor[], Tensor> function, Tensor target, Tensor[] inputs, double[] values, int e, double shift)
    {
        using var scope = new TensorScope();
        var shifted = (double[])values.Clone();
        shifted[e] += shift;
        target.Data.CopyFrom<double>(shifted);
        return function(inputs).ToDoubles();
    }

    private static void Forget(Tensor[] inputs)
    {
        foreach (var input in inputs)
        {
            input.Grad?.Dispose();
            input.Grad = null;
        }
    }
}
