using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class KernelProfileTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Counts_the_launches_of_each_kernel_while_it_is_set()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([64], device: _device);
        var profile = new KernelProfile();
        _device.Profile = profile;
        try
        {
            Ops.Relu(Ops.Relu(x));
        }
        finally
        {
            _device.Profile = null;
        }

        Ops.Relu(x);
        Assert.That(profile.Kernels.Sum(k => k.Launches), Is.EqualTo(2));
        Assert.That(profile.Kernels, Has.Count.EqualTo(1).And.All.Property("Milliseconds").GreaterThan(0));
        Assert.That(profile.ToString(), Does.Contain(profile.Kernels[0].Kernel).And.Contain("launches"));
    }

    [Test]
    public void A_training_step_is_measured_and_the_profile_taken_off()
    {
        using var model = new Sequential(new Flatten(), new Linear(6, 3, device: _device));
        var profile = StepProfile.Of(model, [4, 2, 3], classes: 3, steps: 2);
        Assert.That(_device.Profile, Is.Null);
        Assert.That(profile.Kernels.Select(k => k.Launches), Has.All.Matches<int>(count => count % 2 == 0));
        Assert.That(profile.Kernels.Any(k => k.Kernel.Contains("Single")), Is.True);
    }
}
