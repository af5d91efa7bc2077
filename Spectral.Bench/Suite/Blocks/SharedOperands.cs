namespace Spectral.Bench;

/// <summary>Operands of several contenders, made when the first of them asks.</summary>
internal sealed class SharedOperands<T>(Func<T> make) : IDisposable where T : class, IDisposable
{
    private T? _value;

    internal T Value => _value ??= make();

    public void Dispose()
    {
        _value?.Dispose();
        _value = null;
    }
}
