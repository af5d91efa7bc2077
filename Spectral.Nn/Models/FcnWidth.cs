namespace Spectral.Nn;

/// <summary>The widths in which the original builds its FCN: filters of the three convolutions.</summary>
public enum FcnWidth
{
    /// <summary>1, 2, 1.</summary>
    Micro,

    /// <summary>2, 4, 2.</summary>
    VeryTiny,

    /// <summary>4, 8, 4.</summary>
    Tiny,

    /// <summary>8, 16, 8.</summary>
    VerySmall,

    /// <summary>16, 32, 16.</summary>
    Small,

    /// <summary>32, 64, 32.</summary>
    SmallMedium,

    /// <summary>64, 128, 64.</summary>
    Medium,

    /// <summary>128, 256, 128: the published network.</summary>
    Standard,
}
