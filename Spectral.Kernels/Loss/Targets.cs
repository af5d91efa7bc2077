namespace Spectral.Kernels;

/// <summary>Checks of class indices, so that no kernel reads outside its rows.</summary>
public static class Targets
{
    /// <summary>
    /// Throws unless every target is a class. Targets that came from the host are judged by the range noted
    /// then; others are read back, which waits for the device.
    /// </summary>
    /// <param name="operation">Named in the error.</param>
    /// <param name="target">Class indices, one for each row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="InvalidInputException">
    /// Not Int32, not as many as rows, or one is negative or not below <paramref name="classes"/>.
    /// </exception>
    public static void Check(string operation, DeviceArray target, int rows, int classes)
    {
        Throw.Unless(target.DType == DType.Int32 && target.Length == rows, operation,
            $"{target.Length} {target.DType} targets for {rows} rows", $"{rows} Int32 class indices",
            "give one index a row");
        if (rows == 0)
            return;
        var range = target.IntegerRange;
        if (range is null)
        {
            var values = target.ToArray<int>();
            range = (values.Min(), values.Max());
        }

        var (smallest, largest) = range.Value;
        Throw.Unless(smallest >= 0 && largest < classes, operation,
            $"target {(smallest < 0 ? smallest : largest)}", $"0 to {classes - 1} for {classes} classes",
            "map the labels to 0, 1, …, or give the last layer more outputs");
    }
}
