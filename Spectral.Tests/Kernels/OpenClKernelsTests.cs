using ILGPU.Runtime.OpenCL;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class OpenClKernelsTests
{
    [Test]
    public void Types_and_labels_are_counted_anew() =>
        Assert.That(
            OpenClKernels.Renumber("struct type_57 { type_8 field_8; }; struct type_57_kernel; L_9123: goto L_912; L_9123"),
            Is.EqualTo("struct type_0 { type_1 field_8; }; struct type_0_kernel; L_2: goto L_3; L_2"));

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Ids))]
    public void A_kernel_is_the_same_text_every_time(string deviceId)
    {
        var device = TestDevices.Get(deviceId);
        if (device.Accelerator is not CLAccelerator accelerator)
        {
            Assert.That(device.Kind, Is.Not.EqualTo(DeviceKind.OpenCl), "its kernels are no OpenCL source");
            return;
        }

        var method = KernelForms.All.First(m => KernelName.Of(m) == "ReduceKernels.Sum<Single>");
        var (first, second) = (Compile(), Compile());
        Assert.That(second, Is.EqualTo(first));

        string Compile() => OpenClKernels.Compile(accelerator, method).Source;
    }
}
