using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <content>Memory while work runs side by side: it is no longer in order.</content>
public sealed partial class BufferPool
{
    private readonly List<Dictionary<long, Stack<MemoryBuffer1D<byte, Stride1D.Dense>>>> _branches = [];

    /// <summary>What the branch under way has given back, which it alone may rent again; or null.</summary>
    private Dictionary<long, Stack<MemoryBuffer1D<byte, Stride1D.Dense>>>? _branch;

    /// <summary>Until the result is disposed, one branch of the work rents and gives back.</summary>
    internal IDisposable Branch()
    {
        lock (_lock)
        {
            TakeBackFinalized();
            _branch = [];
            _branches.Add(_branch);
        }

        return new EndOfBranch(this);
    }

    /// <summary>
    /// Where memory runs out in the second branch: it waits for the first and takes what that has given back.
    /// </summary>
    private bool TakeOverFirstBranch()
    {
        if (_branch is null || _branches.Count < 2 || _branches[0].Count == 0)
            return false;
        _device.WaitForFirstBranch();
        foreach (var buffer in _branches[0].Values.SelectMany(stack => stack.Reverse()))
            PutBack(buffer);
        _branches[0].Clear();
        return true;
    }

    /// <summary>The branches have come together: what they gave back is anyone's.</summary>
    internal void Join()
    {
        lock (_lock)
        {
            foreach (var buffer in _branches.SelectMany(branch => branch.Values).SelectMany(stack => stack.Reverse()))
                PutBack(buffer);
            _branches.Clear();
        }
    }

    private sealed class EndOfBranch(BufferPool pool) : IDisposable
    {
        public void Dispose()
        {
            lock (pool._lock)
                pool._branch = null;
        }
    }
}
