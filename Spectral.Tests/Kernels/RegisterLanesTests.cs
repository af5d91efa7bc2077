using System.Runtime.Intrinsics;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class RegisterLanesTests
{
    /// <summary>Wide panels where they cost at most an eighth more columns, and only where the host has AVX-512.</summary>
    [TestCase(32, true)]
    [TestCase(64, true)]
    [TestCase(16, false)]
    [TestCase(40, false)]
    [TestCase(65, false)]
    [TestCase(132, true)]
    public void Panels_are_wide_where_columns_fill_them(int columns, bool wide)
    {
        var widest = Vector512.IsHardwareAccelerated && wide ? 2 : 1;
        Assert.That(RegisterLanes.OfPanel(DType.Float32, 64, columns), Is.EqualTo(16 * widest));
        Assert.That(RegisterLanes.OfPanel(DType.Float64, 64, (columns + 1) / 2), Is.EqualTo(8 * widest));
    }

    [Test]
    public void Every_number_of_lanes_that_a_panel_can_have_is_known()
    {
        foreach (var type in (DType[])[DType.Float32, DType.Float64])
            foreach (var bytes in (int[])[32, 64, 128])
            {
                var task = new Seen();
                RegisterLanes.Run(type, bytes / type.SizeOf(), task);
                Assert.That(task.Bytes, Is.EqualTo(bytes), $"{type}");
            }

        Assert.That(() => RegisterLanes.Run(DType.Float32, 3, new Seen()),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private sealed class Seen : ILaneTask
    {
        internal int Bytes { get; private set; }

        public void Run<T, TLanes>()
            where T : unmanaged, System.Numerics.INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes> =>
            Bytes = TLanes.Width * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
    }
}
