namespace Spectral.Autograd;

/// <summary>Whether operations on this thread record history.</summary>
public static class GradMode
{
    [ThreadStatic]
    private static bool _disabled;

    /// <summary>True unless inside a <see cref="NoGrad"/>.</summary>
    public static bool IsEnabled => !_disabled;

    /// <summary>Stops recording until the result is disposed: <c>using (GradMode.NoGrad()) { … }</c>.</summary>
    public static IDisposable NoGrad() => new Restore();

    private sealed class Restore : IDisposable
    {
        private readonly bool _before = _disabled;

        public Restore() => _disabled = true;

        public void Dispose() => _disabled = _before;
    }
}
