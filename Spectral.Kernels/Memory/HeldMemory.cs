using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// Buffers that were rented while launches were recorded. A replay writes to them again, so none of them may
/// be lent to anyone else before the graph is gone.
/// </summary>
internal sealed class HeldMemory
{
    internal HashSet<MemoryBuffer1D<byte, Stride1D.Dense>> Buffers { get; } =
        new(ReferenceEqualityComparer.Instance);
}

/// <content>Memory held for graphs.</content>
public sealed partial class BufferPool
{
    // Of every held buffer whether nobody rents it now.
    private readonly Dictionary<MemoryBuffer1D<byte, Stride1D.Dense>, bool> _held =
        new(ReferenceEqualityComparer.Instance);

    private HeldMemory? _holding;

    /// <summary>
    /// Notes every buffer that is rented from now on. During the recording they may still be rented again
    /// once they have come back, because a replay runs in the same order.
    /// </summary>
    internal HeldMemory Hold()
    {
        lock (_lock)
            return _holding = new HeldMemory();
    }

    /// <summary>From now on the noted buffers are lent to nobody.</summary>
    internal void EndHold(HeldMemory memory)
    {
        lock (_lock)
        {
            _holding = null;
            foreach (var buffer in memory.Buffers)
                _held[buffer] = false;
            foreach (var (size, stack) in _free.ToList())
            {
                foreach (var buffer in stack.Where(memory.Buffers.Contains))
                    _held[buffer] = true;
                _free[size] = new(stack.Where(b => !memory.Buffers.Contains(b)).Reverse());
            }
        }
    }

    /// <summary>Lends the noted buffers again.</summary>
    internal void Release(HeldMemory memory)
    {
        lock (_lock)
        {
            _holding = null;
            foreach (var buffer in memory.Buffers)
                if (_held.Remove(buffer, out var isBack) && isBack)
                    PutBack(buffer);
        }
    }
}
