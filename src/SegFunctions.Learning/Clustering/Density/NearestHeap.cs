using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>The k nearest rows seen so far, as a heap with the farthest on top; of two equally far ones the later slot is the farther, so the order of arrival decides nothing.</summary>
internal static class NearestHeap
{
    public static void Clear(Span<double> distances, Span<int> slots)
    {
        distances.Fill(double.PositiveInfinity);
        slots.Fill(int.MaxValue);
    }

    /// <summary>Takes the place of the farthest one, if it is nearer.</summary>
    public static void Replace(Span<double> distances, Span<int> slots, double distance, int slot)
    {
        if (Farther(distances[0], slots[0], distance, slot))
            SiftDown(distances, slots, distance, slot);
    }

    /// <summary>Nearest first; no heap any more.</summary>
    public static void Sort(Span<double> distances, Span<int> slots)
    {
        for (var count = distances.Length - 1; count > 0; count--)
        {
            var (distance, slot) = (distances[count], slots[count]);
            (distances[count], slots[count]) = (distances[0], slots[0]);
            SiftDown(distances[..count], slots[..count], distance, slot);
        }
    }

    private static void SiftDown(Span<double> distances, Span<int> slots, double distance, int slot)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= distances.Length)
                break;
            if (child + 1 < distances.Length && Farther(distances[child + 1], slots[child + 1], distances[child], slots[child]))
                child++;
            if (!Farther(distances[child], slots[child], distance, slot))
                break;
            distances[at] = distances[child];
            slots[at] = slots[child];
            at = child;
        }

        distances[at] = distance;
        slots[at] = slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Farther(double distance, int slot, double than, int thanSlot) =>
        distance > than || (distance == than && slot > thanSlot);
}
