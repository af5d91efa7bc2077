using NUnit.Framework;
using Spectral.Kernels;

/// <summary>
/// Runs after all tests: whatever kernel they loaded must be among the forms that are compiled for CUDA. In
/// no namespace, so that it spans the whole assembly.
/// </summary>
[SetUpFixture]
public sealed class LoadedKernels
{
    [OneTimeTearDown]
    public void Every_loaded_kernel_is_a_listed_form()
    {
        var missing = KernelCache.EverLoaded
            .Where(k => k.DeclaringType!.Assembly == typeof(KernelCache).Assembly)
            .Except(KernelForms.All)
            .Where(k => !k.DeclaringType!.IsAssignableTo(typeof(IOpenKernelForms)))
            .Select(KernelName.Of);
        Assert.That(missing, Is.Empty, "kernels that ran but that Forms() does not list");
    }
}
