using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>One array of parameters with its gradient and its state.</summary>
internal struct UpdateSlot<T> where T : unmanaged, INumber<T>
{
    public ArrayView<T> Parameter, Gradient, First, Second;

    /// <summary>Chunks of this array and of those before it in a launch.</summary>
    public int End;
}

/// <summary>
/// The arrays of one launch, in chunks that are numbered through. They come as arguments: a table of pointers in memory
/// would have to be written for every step.
/// </summary>
internal struct UpdateSlots<T> where T : unmanaged, INumber<T>
{
    /// <summary>Arrays of a launch at most: their arguments stay below the kilobyte that every device takes.</summary>
    internal const int Count = 12;

    public UpdateSlot<T> S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11;

    /// <summary>The array that a chunk lies in, and its first chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static UpdateSlot<T> Of(UpdateSlots<T> slots, int chunk, out int first)
    {
        var slot = slots.S0;
        first = 0;
        Next(ref slot, slots.S1, chunk, ref first);
        Next(ref slot, slots.S2, chunk, ref first);
        Next(ref slot, slots.S3, chunk, ref first);
        Next(ref slot, slots.S4, chunk, ref first);
        Next(ref slot, slots.S5, chunk, ref first);
        Next(ref slot, slots.S6, chunk, ref first);
        Next(ref slot, slots.S7, chunk, ref first);
        Next(ref slot, slots.S8, chunk, ref first);
        Next(ref slot, slots.S9, chunk, ref first);
        Next(ref slot, slots.S10, chunk, ref first);
        Next(ref slot, slots.S11, chunk, ref first);
        return slot;
    }

    /// <summary>Puts an array in its place; those that are not put in must have no chunk.</summary>
    internal void Put(int place, UpdateSlot<T> slot)
    {
        switch (place)
        {
            case 0: S0 = slot; break;
            case 1: S1 = slot; break;
            case 2: S2 = slot; break;
            case 3: S3 = slot; break;
            case 4: S4 = slot; break;
            case 5: S5 = slot; break;
            case 6: S6 = slot; break;
            case 7: S7 = slot; break;
            case 8: S8 = slot; break;
            case 9: S9 = slot; break;
            case 10: S10 = slot; break;
            default: S11 = slot; break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Next(ref UpdateSlot<T> slot, UpdateSlot<T> next, int chunk, ref int first)
    {
        if (chunk < slot.End)
            return;
        first = slot.End;
        slot = next;
    }
}
