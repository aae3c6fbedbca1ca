namespace SegFunctions.Orchestration.State;

/// <summary>
/// Which attempts of which activities run, in a few bytes that stand in the instance's row, so that a message can be
/// recognised as late without reading history.
/// </summary>
/// <remarks>Task ids rising, each as the difference to the one before, then the attempt; both as 7-bit groups (LEB128).</remarks>
internal static class OpenTasks
{
    /// <summary>More than this does not fit into a property; then nothing is known, and late messages run again.</summary>
    private const int MaxBytes = 60 * 1024;

    /// <returns>Empty when nothing is open; null when it is too much to say.</returns>
    public static byte[]? Encode(IEnumerable<(int TaskId, int Attempt)> open)
    {
        var bytes = new List<byte>();
        var last = 0;
        foreach (var (taskId, attempt) in open.OrderBy(task => task.TaskId))
        {
            Write(bytes, taskId - last);
            Write(bytes, attempt);
            last = taskId;
        }

        return bytes.Count <= MaxBytes ? [.. bytes] : null;
    }

    public static bool Contains(ReadOnlySpan<byte> encoded, int taskId, int attempt)
    {
        var current = 0;
        while (!encoded.IsEmpty)
        {
            current += Read(ref encoded);
            var running = Read(ref encoded);
            if (current >= taskId)
                return current == taskId && running == attempt;
        }

        return false;
    }

    private static void Write(List<byte> bytes, int value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }

    private static int Read(ref ReadOnlySpan<byte> encoded)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var octet = encoded[0];
            encoded = encoded[1..];
            value |= (octet & 0x7F) << shift;
            if (octet < 0x80)
                return value;
        }
    }
}
