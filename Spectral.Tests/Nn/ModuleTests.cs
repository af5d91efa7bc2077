using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Nn;

public class ModuleTests
{
    private readonly ComputeDevice _device = TestDevices.Get(TestDevices.Ids[0]);

    [Test]
    public void Keys_are_dotted_own_values_first()
    {
        using var model = new Sequential(("stem", new Scale(2, _device)), ("head", new Sequential(new Relu(),
            new Scale(3, _device))));
        Assert.That(model.StateDict().Keys, Is.EqualTo(new[]
        {
            "stem.weight", "stem.calls", "head.1.weight", "head.1.calls",
        }));
        Assert.That(model.NamedParameters().Select(p => p.Key),
            Is.EqualTo(new[] { "stem.weight", "head.1.weight" }));
        Assert.That(model.NamedBuffers().Select(p => p.Key), Is.EqualTo(new[] { "stem.calls", "head.1.calls" }));
    }

    [Test]
    public void A_parameter_registered_twice_is_trained_once()
    {
        var shared = new Scale(2, _device);
        using var model = new Sequential(shared, shared);
        Assert.That(model.Parameters().Count(), Is.EqualTo(1));
        Assert.That(model.StateDict(), Has.Count.EqualTo(4));
    }

    [Test]
    public void Parameters_survive_the_scope_they_were_made_in()
    {
        Scale layer;
        using (new TensorScope())
            layer = new Scale(2, _device);
        Assert.That(layer.StateDict().Values.All(t => !t.IsDisposed));
        layer.Dispose();
        Assert.That(layer.Weight.IsDisposed);
    }

    [Test]
    public void A_state_dict_goes_round_and_widens()
    {
        using var from = new Scale(3, _device);
        using var to = new Scale(3, _device, DType.Float64);
        Init.Uniform(from.Weight, -1, 1, new Generator(5));
        from.Calls = 7;
        to.LoadStateDict(from.StateDict());
        Assert.That(to.Weight.ToDoubles(), Is.EqualTo(from.Weight.ToDoubles()));
        Assert.That(to.Calls, Is.EqualTo(7));
        Assert.That(() => from.LoadStateDict(to.StateDict()), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains("weight [3] Float64 for [3] Float32"));
    }

    [Test]
    public void What_does_not_fit_is_named_and_nothing_is_loaded()
    {
        using var model = new Sequential(new Scale(2, _device), new Scale(3, _device));
        var state = model.StateDict();
        using var four = Tensor.Ones([4], device: _device);
        using var ones = Tensor.Ones([2], device: _device);
        state["1.weight"] = four;
        state["0.weight"] = ones;
        Assert.That(() => model.LoadStateDict(state), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains("1.weight [4] Float32 for [3] Float32"));
        Assert.That(model.StateDict()["0.weight"].ToDoubles(), Is.EqualTo(new double[] { 0, 0 }));

        state.Remove("1.weight");
        state["2.bias"] = ones;
        Assert.That(() => model.LoadStateDict(state), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains("missing keys: 1.weight; unexpected keys: 2.bias"));
        var report = model.LoadStateDict(state, strict: false);
        Assert.That(report.Missing, Is.EqualTo(new[] { "1.weight" }));
        Assert.That(report.Unexpected, Is.EqualTo(new[] { "2.bias" }));
        Assert.That(model.StateDict()["0.weight"].ToDoubles(), Is.EqualTo(new double[] { 1, 1 }));
    }

    [Test]
    public void Names_must_be_free_and_without_dots()
    {
        Assert.That(() => new Sequential(("a.b", new Relu())), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new Sequential(("a", new Relu()), ("a", new Relu())),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("'a' a second time"));
    }

    [Test]
    public void Modes_reach_every_module()
    {
        using var model = new Sequential(new Sequential(new Relu()), new Relu());
        Assert.That(model.Eval().IsTraining, Is.False);
        var seen = new List<bool>();
        model.Apply(m => seen.Add(m.IsTraining));
        Assert.That(seen, Is.EqualTo(new[] { false, false, false, false }));
        model.Train();
        Assert.That(((Sequential)model[0])[0].IsTraining);
    }

    [Test]
    public void Sequential_gives_up_intermediates_but_neither_input_nor_result()
    {
        var (first, second) = (new Spy(new Relu()), new Spy(new Relu()));
        using var model = new Sequential(first, new Identity(), second, new Identity());
        using var x = Tensor.Ones([4], device: _device);
        x.RequiresGrad = true;
        using var y = model.Forward(x);
        Assert.That(first.Result!.IsDisposed);
        Assert.That(y, Is.SameAs(second.Result));
        Assert.That(x.IsDisposed || y.IsDisposed, Is.False);
        using var one = Tensor.Ones([4], device: _device);
        y.Backward(one);
        Assert.That(x.Grad!.ToDoubles(), Is.All.EqualTo(1));
        x.Grad.Dispose();
        Assert.That(new Sequential(new Identity()).Forward(x), Is.SameAs(x));
    }

    [Test]
    public void The_same_seed_gives_the_same_values_within_the_bound()
    {
        using var weight = Tensor.Zeros([8, 4, 9], DType.Float64, _device);
        using var again = Tensor.Zeros([8, 4, 9], DType.Float64, _device);
        using var bias = Tensor.Zeros([8], DType.Float64, _device);
        Init.LayerDefault(weight, bias, new Generator(3));
        Init.LayerDefault(again, null, new Generator(3));
        Assert.That(again.ToDoubles(), Is.EqualTo(weight.ToDoubles()));
        Assert.That(weight.ToDoubles().Max(Math.Abs), Is.InRange(0.95 / 6, 1.0 / 6));
        Assert.That(bias.ToDoubles().Max(Math.Abs), Is.InRange(0.05, 1.0 / 6));
        Init.XavierUniform(weight, generator: new Generator(3));
        Assert.That(weight.ToDoubles().Max(Math.Abs), Is.InRange(0.95 * Math.Sqrt(6.0 / 108), Math.Sqrt(6.0 / 108)));
        Init.KaimingUniform(weight, 0.2, FanMode.Out, generator: new Generator(3));
        var bound = Math.Sqrt(6 / 1.04 / 72);
        Assert.That(weight.ToDoubles().Max(Math.Abs), Is.InRange(0.95 * bound, bound));
        Init.KaimingNormal(weight, generator: new Generator(3));
        Assert.That(Deviation(), Is.EqualTo(Math.Sqrt(2.0 / 36)).Within(15).Percent);
        Init.KaimingNormal(weight, 0, FanMode.Out, Nonlinearity.Relu, new Generator(3));
        Assert.That(Deviation(), Is.EqualTo(Math.Sqrt(2.0 / 72)).Within(15).Percent);
        Init.XavierNormal(weight, Init.Gain(Nonlinearity.Tanh), new Generator(3));
        Assert.That(Deviation(), Is.EqualTo(5.0 / 3 * Math.Sqrt(2.0 / 108)).Within(15).Percent);
        using (Init.Skip())
            Init.XavierNormal(weight);
        Assert.That(weight.ToDoubles(), Is.All.Zero);
        Assert.That(() => Init.KaimingUniform(bias), Throws.TypeOf<InvalidInputException>());

        double Deviation() => Math.Sqrt(weight.ToDoubles().Average(v => v * v));
    }

    private sealed class Spy(Module inner) : Module
    {
        public Tensor? Result { get; private set; }

        public override Tensor Forward(Tensor x) => Result = inner.Forward(x);
    }

    private sealed class Scale : Module
    {
        private readonly Tensor _calls;

        public Scale(int size, ComputeDevice device, DType dtype = DType.Float32)
        {
            Weight = RegisterParameter("weight", new Parameter([size], dtype, device));
            Init.Constant(Weight, 0);
            _calls = RegisterBuffer("calls", Tensor.Zeros([], DType.Int32, device));
        }

        public Parameter Weight { get; }

        public int Calls { get; set; }

        public override Tensor Forward(Tensor x) => x;

        protected override void StoreBuffers() => _calls.Data.CopyFrom<int>([Calls]);

        protected override void BuffersLoaded() => Calls = _calls.ToArray<int>()[0];
    }
}
