using System.Reflection;
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

        var (first, second) = (Compile(), Compile());
        Assert.That(second, Is.EqualTo(first));

        string Compile() => OpenClKernels.Compile(accelerator, Form("ReduceKernels.Sum<Single>")).Source;
    }

    [TestCase("LanesFftKernels.Transform<Lanes16<Single>, Single>", true)]
    [TestCase("LanesFftKernels.Transform<Lanes8<Double>, Double>", true)]
    [TestCase("LanesFftKernels.Transform<Lanes8<Single>, Single>", false)]
    [TestCase("ReduceKernels.Sum<Single>", false)]
    public void Whole_registers_are_for_lanes_that_fill_them(string form, bool expected) =>
        Assert.That(OpenClKernels.AsksForWholeRegisters(Form(form)), Is.EqualTo(expected));

    private static MethodInfo Form(string name) => KernelForms.All.First(m => KernelName.Of(m) == name);
}
