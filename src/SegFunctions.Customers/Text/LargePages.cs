using System.Runtime.InteropServices;

namespace SegFunctions.Customers.Text;

/// <summary>Asks for large pages for memory that is read at random, so that a processor finds its pages without a search of their own.</summary>
internal static partial class LargePages
{
    private const int Length = 2 << 20;

    // MADV_HUGEPAGE of madvise(2).
    private const int Advice = 14;

    /// <summary>A hint: nothing happens where the system has no such pages, or gives none.</summary>
    /// <param name="memory">Pinned, and not written yet.</param>
    public static unsafe void AskFor(Span<byte> memory)
    {
        if (!OperatingSystem.IsLinux() || memory.Length < 2 * Length)
            return;
        fixed (byte* start = memory)
        {
            var first = ((nuint)start + Length - 1) & ~(nuint)(Length - 1);
            var end = ((nuint)start + (nuint)memory.Length) & ~(nuint)(Length - 1);
            _ = Advise(first, end - first, Advice);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
