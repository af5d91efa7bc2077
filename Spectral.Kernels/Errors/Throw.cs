using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>Throw helpers: one sentence each, never inlined, so that hot paths stay small.</summary>
public static class Throw
{
    /// <summary>Throws <see cref="InvalidInputException"/>.</summary>
    [DoesNotReturn]
    public static void Invalid(string operation, string given, string allowed, string remedy) =>
        throw new InvalidInputException(operation, given, allowed, remedy);

    /// <summary>Throws <see cref="InvalidInputException"/> unless <paramref name="holds"/>.</summary>
    public static void Unless(
        [DoesNotReturnIf(false)] bool holds, string operation,
        [InterpolatedStringHandlerArgument(nameof(holds))] FailureText given,
        [InterpolatedStringHandlerArgument(nameof(holds))] FailureText allowed,
        [InterpolatedStringHandlerArgument(nameof(holds))] FailureText remedy)
    {
        if (!holds)
            Invalid(operation, given.Finish(), allowed.Finish(), remedy.Finish());
    }
}
