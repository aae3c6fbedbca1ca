using System.Text;

namespace SegFunctions.Storage;

/// <summary>The service's rules for names, checked before a request is sent so that the twins refuse the same.</summary>
internal static class ResourceNames
{
    /// <summary>3 to 63 lower-case letters, digits and single hyphens, the rule for containers and queues alike.</summary>
    public static string RequireContainerOrQueue(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var fits = name.Length is >= 3 and <= 63
            && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
            && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
        return fits ? name : throw new ArgumentException(
            $"'{name}' cannot name a container or queue: 3 to 63 lower-case letters, digits and single hyphens, neither first nor last.",
            nameof(name));
    }

    /// <summary>1 to 1,024 characters that reach the service as they are: what a URL would normalise away is refused.</summary>
    public static string RequireBlob(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var fault = FaultOfBlob(name);
        return fault is null ? name : throw new ArgumentException($"'{name}' cannot name a blob: {fault}.", nameof(name));
    }

    private static string? FaultOfBlob(string name)
    {
        if (name.Length is 0 or > 1024)
            return $"it has {name.Length} characters, allowed are 1 to 1024";
        if (name[0] == '/' || name[^1] is '/' or '.')
            return "it starts with '/' or ends with '/' or '.'";
        foreach (var segment in name.Split('/'))
        {
            if (segment is "." or "..")
                return "a segment is '.' or '..'";
        }

        for (var rest = name.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                return "it holds half of a surrogate pair";
            if (Rune.IsControl(rune) || rune.Value == '\\')
                return "it holds a control character or a backslash";
            rest = rest[length..];
        }

        return null;
    }
}
