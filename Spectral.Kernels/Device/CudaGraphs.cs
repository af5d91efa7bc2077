namespace Spectral.Kernels;

/// <summary>
/// The functions of NVIDIA's driver that capture and replay launches, which ILGPU does not offer.
/// </summary>
internal static unsafe class CudaGraphs
{
    /// <summary>
    /// Memory may be taken and kernels loaded meanwhile; they do not become part of the graph.
    /// </summary>
    private const int Relaxed = 2;

    /// <summary>From now on launches on the stream are noted down and not run.</summary>
    internal static void Begin(nint stream) =>
        Check(((delegate* unmanaged<nint, int, int>)Function("cuStreamBeginCapture_v2"))(stream, Relaxed));

    /// <summary>Ends what <see cref="Begin"/> began, and makes a graph of it that can be launched.</summary>
    internal static nint End(nint stream)
    {
        nint graph, executable;
        Check(((delegate* unmanaged<nint, nint*, int>)Function("cuStreamEndCapture"))(stream, &graph));
        try
        {
            Check(((delegate* unmanaged<nint*, nint, ulong, int>)Function("cuGraphInstantiateWithFlags"))(
                &executable, graph, 0));
        }
        finally
        {
            ((delegate* unmanaged<nint, int>)Function("cuGraphDestroy"))(graph);
        }

        return executable;
    }

    /// <summary>Ends a capture whose launches are not wanted.</summary>
    internal static void Abandon(nint stream)
    {
        nint graph = 0;
        ((delegate* unmanaged<nint, nint*, int>)Function("cuStreamEndCapture"))(stream, &graph);
        if (graph != 0)
            ((delegate* unmanaged<nint, int>)Function("cuGraphDestroy"))(graph);
    }

    /// <summary>Queues all launches of a graph.</summary>
    internal static void Launch(nint executable, nint stream) =>
        Check(((delegate* unmanaged<nint, nint, int>)Function("cuGraphLaunch"))(executable, stream));

    /// <summary>Frees a graph, which must not be running.</summary>
    internal static void Destroy(nint executable) =>
        ((delegate* unmanaged<nint, int>)Function("cuGraphExecDestroy"))(executable);

    private static nint Function(string name) => CudaDriver.Function(name);

    private static void Check(int result) => CudaDriver.Check(result);
}
