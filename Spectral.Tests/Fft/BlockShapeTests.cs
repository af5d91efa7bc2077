using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public class BlockShapeTests
{
    [Test]
    public void Rows_fit_and_neighbours_meet_in_no_bank(
        [Values(DType.Float32, DType.Float64)] DType type)
    {
        for (var span = 1; span <= BlockShape.LongestSpan(type); span++)
        {
            var perRow = Math.Max(1, span / 8);
            var shape = BlockShape.Of(span, 1000, perRow, type, 1024);
            var rows = 1 << shape.LogRows;
            Assert.That(shape.Pitch, Is.GreaterThanOrEqualTo(span), $"{span}");
            Assert.That(
                BlockShape.Bytes(rows * shape.Pitch, type),
                Is.LessThanOrEqualTo(shape.IsSmall ? BlockShape.SmallBytes : BlockShape.LargeBytes), $"{span}: {shape}");
            Assert.That(shape.Group, Is.EqualTo(shape.IsSmall ? 128 : 256), $"{span}: {shape}");
            Assert.That(BlockShape.Conflicts(rows, shape.Pitch), Is.LessThanOrEqualTo(2), $"{span}: {shape}");
        }
    }

    [Test]
    public void Few_rows_take_little_memory()
    {
        Assert.That(BlockShape.Of(32, 3, 4, DType.Float32, 1024).LogRows, Is.EqualTo(2));
        Assert.That(BlockShape.Of(32, 3, 4, DType.Float32, 1024).Group, Is.EqualTo(128));
        Assert.That(BlockShape.Of(32, 1, 4, DType.Float32, 1024).Pitch, Is.EqualTo(32));
    }
}
