using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SegFunctions.Customers.Text;

/// <summary>Asks for memory that will be read soon, so that several waits become one.</summary>
internal static class CacheLine
{
    /// <summary>A hint without effect on what is computed; nothing where the processor takes none.</summary>
    public static unsafe void Prefetch<T>(ref readonly T place)
    {
        // Only a hint: the address need not stay right.
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }
}
