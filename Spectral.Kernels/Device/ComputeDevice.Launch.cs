using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <content>Launching: one overload for each number of kernel arguments, all alike.</content>
public sealed partial class ComputeDevice
{
    /// <summary>Queues an explicitly grouped kernel; see <see cref="LaunchShape"/>.</summary>
    internal void Launch<T1>(
        Action<T1> kernel, LaunchShape shape,
        T1 a1)
        where T1 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2>(
        Action<T1, T2> kernel, LaunchShape shape,
        T1 a1, T2 a2)
        where T1 : struct where T2 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3>(
        Action<T1, T2, T3> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3)
        where T1 : struct where T2 : struct where T3 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4, T5>(
        Action<T1, T2, T3, T4, T5> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4, T5>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4, a5);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4, T5, T6>(
        Action<T1, T2, T3, T4, T5, T6> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
        where T6 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4, T5, T6>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4, a5, a6);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4, T5, T6, T7>(
        Action<T1, T2, T3, T4, T5, T6, T7> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
        where T6 : struct where T7 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4, T5, T6, T7>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4, a5, a6, a7);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4, T5, T6, T7, T8>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
        where T6 : struct where T7 : struct where T8 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4, T5, T6, T7, T8>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4, a5, a6, a7, a8);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
        where T6 : struct where T7 : struct where T8 : struct where T9 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4, T5, T6, T7, T8, T9>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4, a5, a6, a7, a8, a9);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
        where T6 : struct where T7 : struct where T8 : struct where T9 : struct where T10 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
        where T6 : struct where T7 : struct where T8 : struct where T9 : struct where T10 : struct
        where T11 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }

    /// <summary>As the overload with one argument.</summary>
    internal void Launch<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(
        Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> kernel, LaunchShape shape,
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12)
        where T1 : struct where T2 : struct where T3 : struct where T4 : struct where T5 : struct
        where T6 : struct where T7 : struct where T8 : struct where T9 : struct where T10 : struct
        where T11 : struct where T12 : struct
    {
        var launch = _kernels.Get<Action<AcceleratorStream, KernelConfig,
            T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>>(kernel);
        Profile?.Begin(this);
        try
        {
            launch(Stream, shape.Config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12);
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }

        Profile?.End(this, kernel);
    }
}
