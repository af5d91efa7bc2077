using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Where the time of a training step goes.</summary>
public static class StepProfile
{
    private const int WarmUps = 2;

    /// <summary>
    /// Trains a model for some steps on random data and measures each kernel: forward, backward and an update by
    /// SGD with momentum. The model's parameters change.
    /// </summary>
    /// <param name="model">The model; its output is logits [N, classes].</param>
    /// <param name="shape">Shape of a batch, [N, …].</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="steps">Steps that are measured, at least 1, after two that are not.</param>
    /// <exception cref="InvalidInputException">The model does not take such a batch.</exception>
    public static KernelProfile Of(Module model, ReadOnlySpan<int> shape, int classes, int steps = 3)
    {
        Throw.Unless(classes >= 1 && steps >= 1, "profile", $"{classes} classes, {steps} steps", "at least 1",
            "ask for more");
        var parameter = model.Parameters().First();
        var device = parameter.Device;
        using var optimizer = new Sgd(model.Parameters(), lr: 1e-3, momentum: 0.9);
        using var x = Tensor.Zeros([.. shape], parameter.DType, device);
        Init.Normal(x, generator: new Generator(1));
        using var target = Tensor.From([.. Enumerable.Range(0, shape[0]).Select(i => i % classes)], [shape[0]], device);
        var profile = new KernelProfile();
        model.Train();
        for (var step = 0; step < WarmUps; step++)
            Step();
        device.Profile = profile;
        try
        {
            for (var step = 0; step < steps; step++)
                Step();
        }
        finally
        {
            device.Profile = null;
        }

        return profile;

        void Step()
        {
            using var scope = new TensorScope();
            optimizer.ZeroGrad();
            Ops.CrossEntropy(model.Forward(x), target).Backward();
            optimizer.Step();
        }
    }
}
