namespace Spectral.Bench;

/// <summary>A benchmark that tells, beside its time, how much work it does and how wrong its result is.</summary>
public interface IMeasured
{
    /// <summary>Floating-point operations of one run, for the rate column; 0 for none.</summary>
    double Flops { get; }

    /// <summary>Relative L2 error of a method's result with the current parameters.</summary>
    double RelativeError(string method);

    /// <summary>Frees what the measurement made.</summary>
    void Cleanup();
}
