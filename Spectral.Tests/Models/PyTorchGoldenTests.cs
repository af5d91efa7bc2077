using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Models;

/// <summary>
/// Narrow networks with PyTorch's weights give PyTorch's logits, loss and gradients. The files are made by
/// <c>eng/make-pytorch-goldens.py</c>.
/// </summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class PyTorchGoldenTests(string deviceId)
{
    private const int Classes = 5;

    private static readonly OrderedDictionary<string, Func<ConvNetOptions, Module>> Networks = new()
    {
        ["resnet"] = o => new ResNet([2, 2, 2, 2], Classes, widths: [4, 8, 8, 16], options: o),
        ["resnet-bottleneck"] = o => new ResNet(
            [1, 2, 1, 1], Classes, ResNetBlock.Bottleneck, ModelLayout.ImageNet, [2, 3, 4, 4], o),
        ["densenet"] = o => new DenseNet([2, 3, 2], 4, Classes, options: o),
        ["densenet-imagenet"] = o => new DenseNet([1, 2], 4, Classes, ModelLayout.ImageNet, options: o),
        ["lenet"] = o => new LeNet(Classes, (28, 28), (3, 4), (12, 10), o with { InChannels = 1 }),
        ["vgg"] = o => new Vgg(
            [4, 0, 6, 0, 8, 8, 0, 8, 8, 0, 8, 8, 0], Classes, ModelLayout.ImageNet, 16, (2, 3), dropout: 0,
            options: o),
    };

    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> Names => Networks.Keys;

    [Test]
    public void Logits_agree_in_both_precisions(
        [ValueSource(nameof(Names))] string name, [Values] bool bandLimitPointwise)
    {
        var golden = ReadCase(name);
        foreach (var dtype in new[] { DType.Float64, DType.Float32 })
        {
            using var scope = new TensorScope();
            using var model = Load(name, dtype, bandLimitPointwise);
            var logits = model.Eval().Forward(Input(golden, dtype));
            Closeness.AssertClose(
                logits.ToDoubles(), Values(golden["logits"]),
                dtype == DType.Float64 ? Tolerances.GoldenDouble : Tolerances.ModelFloat, $"{name} {dtype}");
        }
    }

    [TestCaseSource(nameof(Names))]
    public void A_training_step_agrees_in_double(string name)
    {
        using var scope = new TensorScope();
        var golden = ReadCase(name);
        using var model = Load(name, DType.Float64, bandLimitPointwise: null);
        var logits = model.Train().Forward(Input(golden, DType.Float64));
        int[] target = [.. golden["target"].AsSpan<long>().ToArray().Select(v => (int)v)];
        var loss = Ops.CrossEntropy(logits, Tensor.From(target, [target.Length], _device));
        loss.Backward();

        Close(logits, "train.logits");
        Close(loss, "train.loss");
        var state = model.StateDict();
        foreach (var array in golden.Tensors)
            if (array.Name.StartsWith("grad.", StringComparison.Ordinal))
                Close(state[array.Name["grad.".Length..]].Grad!, array.Name);
            else if (array.Name.StartsWith("after.", StringComparison.Ordinal))
                Close(state[array.Name["after.".Length..]], array.Name);

        void Close(Tensor actual, string key) => Closeness.AssertClose(
            actual.ToDoubles(), Values(golden[key]), Tolerances.ModelDouble, $"{name} {key}");
    }

    private static string PathOf(string name) =>
        Path.Combine(AppContext.BaseDirectory, "Golden", $"pytorch-{name}.safetensors");

    private static SafeTensorsContent ReadCase(string name) => SafeTensorsFile.Read(PathOf($"{name}.case"));

    private static double[] Values(NamedArray array) => array.DType == SafeDType.F64
        ? array.AsSpan<double>().ToArray()
        : [.. array.AsSpan<float>().ToArray().Select(v => (double)v)];

    private Module Load(string name, DType dtype, bool? bandLimitPointwise)
    {
        var model = Networks[name](new ConvNetOptions
        {
            DType = dtype,
            Device = _device,
            BandLimitPointwise = bandLimitPointwise,
        });
        ModelFile.Load(PathOf(name), model);
        return model;
    }

    private Tensor Input(SafeTensorsContent golden, DType dtype)
    {
        var array = golden["input"];
        return Tensor.FromDoubles(
            Values(array), Array.ConvertAll(array.Shape, e => (int)e), dtype, _device);
    }
}
