using Spectral.Autograd;

namespace Spectral.Nn;

internal static class Temp
{
    internal static Tensor Ce(Tensor logits, Tensor target)
    {
        var (n, c) = (logits.Shape[0], logits.Shape[1]);
        var t = target.ToArray<int>();
        var one = new float[n * c];
        for (var i = 0; i < n; i++)
            one[(i * c) + t[i]] = 1;
        var e = Ops.Log(Ops.Sum(Ops.Exp(logits), [1]));
        var p = Ops.Sum(logits * Tensor.From(one, [n, c], logits.Device), [1]);
        return Ops.Mean(e - p);
    }
}
