namespace Spectral.Kernels;

/// <summary>A matrix of a transform: a value that tells what it holds before it is computed.</summary>
internal interface IBandMatrix
{
    /// <summary>Row-major elements.</summary>
    double[] Compute();
}

/// <summary>The matrices that a device holds, the least recently used given up first.</summary>
internal sealed class BandMatrixCache : IDisposable
{
    /// <summary>Bound on the bytes held.</summary>
    internal const long MaxBytes = 64L << 20;

    private readonly LinkedList<Held> _byUse = new();
    private readonly Dictionary<(IBandMatrix, DType), LinkedListNode<Held>> _held = [];

    private sealed record Held((IBandMatrix, DType) Key, DeviceArray Array);

    /// <summary>Bytes held now.</summary>
    internal long Bytes { get; private set; }

    internal static DeviceArray Get(ComputeDevice device, IBandMatrix matrix, DType type) =>
        device.Resource(typeof(BandMatrixCache), _ => new BandMatrixCache()).Find(device, matrix, type);

    /// <summary>A matrix on the device and of the type of an operand, as kernels take it.</summary>
    internal static ILGPU.ArrayView<T> Like<T>(DeviceArray operand, IBandMatrix matrix) where T : unmanaged =>
        Get(operand.Device, matrix, operand.DType).View<T>();

    public void Dispose()
    {
        foreach (var held in _byUse)
            held.Array.Dispose();
        _byUse.Clear();
        _held.Clear();
    }

    private DeviceArray Find(ComputeDevice device, IBandMatrix matrix, DType type)
    {
        var key = (matrix, type);
        if (_held.TryGetValue(key, out var node))
        {
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Array;
        }

        var values = matrix.Compute();
        var array = type == DType.Float32
            ? DeviceArray.From<float>(device, Array.ConvertAll(values, v => (float)v))
            : DeviceArray.From<double>(device, values);
        _held.Add(key, _byUse.AddFirst(new Held(key, array)));
        Bytes += SizeOf(array);
        while (Bytes > MaxBytes && !device.IsForked && _byUse.Last is { } oldest && oldest.Value.Array != array)
        {
            Bytes -= SizeOf(oldest.Value.Array);
            _held.Remove(oldest.Value.Key);
            _byUse.RemoveLast();
            oldest.Value.Array.Dispose();
        }

        return array;
    }

    private static long SizeOf(DeviceArray array) => (long)array.Length * array.DType.SizeOf();
}
