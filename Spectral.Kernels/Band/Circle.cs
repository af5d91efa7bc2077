namespace Spectral.Kernels;

/// <summary>Cosines and sines of the points of a circle, in double: every angle of its transform is one.</summary>
internal sealed class Circle
{
    private readonly double[] _cos;
    private readonly double[] _sin;
    private readonly AxisSamples _axis;

    internal Circle(AxisSamples axis)
    {
        _axis = axis;
        (_cos, _sin) = (new double[axis.FftLength], new double[axis.FftLength]);
        for (var i = 0; i < _cos.Length; i++)
            (_sin[i], _cos[i]) = Math.SinCos(2 * Math.PI * i / _cos.Length);
    }

    /// <summary>cos θ and sin θ of a signed frequency at a sample: θ = 2π·frequency·position/S.</summary>
    internal (double Cos, double Sin) At(int frequency, int sample)
    {
        var position = _axis.Start + ((long)sample * _axis.Step);
        var angle = (int)(frequency * position % _axis.FftLength);
        if (angle < 0)
            angle += _axis.FftLength;
        return (_cos[angle], _sin[angle]);
    }
}
