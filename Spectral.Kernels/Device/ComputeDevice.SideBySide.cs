using ILGPU.Runtime.Cuda;

namespace Spectral.Kernels;

/// <content>Work that does not depend on each other.</content>
public sealed partial class ComputeDevice
{
    /// <summary>
    /// Whether work of two branches is being queued: what one of them uses must not be given up by the other.
    /// </summary>
    internal bool IsForked { get; private set; }

    private CudaStream? _main;

    /// <summary>
    /// Queues two pieces of work that neither read nor write what the other writes. On CUDA they run side by side, as
    /// far as one leaves room for the other, and so they do in a <see cref="LaunchGraph"/>; what is queued afterwards
    /// waits for both. On other devices, and while kernels are timed, they run one after the other.
    /// </summary>
    /// <remarks>Memory that one of them gives back is not lent to the other.</remarks>
    internal void SideBySide(Action first, Action second)
    {
        if (Stream is not CudaStream main || IsForked || Profile is not null || Autotuner.IsOn)
        {
            first();
            second();
            return;
        }

        Accelerator.Bind();
        CudaFork fork = null!;
        Guard(() =>
        {
            fork = Resource(nameof(CudaFork), device => new CudaFork(device));
            fork.Begin(main.StreamPtr);
        });
        (IsForked, _main) = (true, main);
        try
        {
            using (Pool.Branch())
                first();
            Stream = fork.Side;
            using (Pool.Branch())
                second();
        }
        finally
        {
            Stream = main;
            IsForked = false;
            Accelerator.Bind();
            Guard(() => fork.End(main.StreamPtr));
            Pool.Join();
        }
    }

    /// <summary>
    /// In the second piece of work: what is queued from now on waits for the first, whose memory it may then take.
    /// </summary>
    internal void WaitForFirstBranch()
    {
        if (!IsForked)
            return;
        var fork = Resource(nameof(CudaFork), device => new CudaFork(device));
        Accelerator.Bind();
        Guard(() => fork.Catch(_main!.StreamPtr));
    }

    /// <summary>A second stream, and the moments at which it leaves the first and comes back.</summary>
    private sealed class CudaFork(ComputeDevice device) : IDisposable
    {
        private readonly CudaEvent _begin = new(isTimed: false), _end = new(isTimed: false);
        private readonly CudaEvent _first = new(isTimed: false);

        internal CudaStream Side { get; } =
            ((CudaAccelerator)device.Accelerator).CreateStream(StreamFlags.CU_STREAM_DEFAULT);

        internal void Begin(nint main)
        {
            _begin.Record(main);
            _begin.HoldUp(Side.StreamPtr);
        }

        internal void Catch(nint main)
        {
            _first.Record(main);
            _first.HoldUp(Side.StreamPtr);
        }

        internal void End(nint main)
        {
            _end.Record(Side.StreamPtr);
            _end.HoldUp(main);
        }

        public void Dispose()
        {
            _begin.Dispose();
            _end.Dispose();
            _first.Dispose();
            Side.Dispose();
        }
    }
}
