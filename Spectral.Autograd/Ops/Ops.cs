namespace Spectral.Autograd;

/// <summary>
/// The differentiable operations, one file each: the forward function and, below it, the rule of its
/// backward pass.
/// </summary>
public static partial class Ops;
