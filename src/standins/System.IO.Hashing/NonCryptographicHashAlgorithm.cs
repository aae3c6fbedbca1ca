namespace System.IO.Hashing;

/// <summary>
/// The part of the package's base class that Azure.Storage.Common derives its CRC-64 from.
/// </summary>
/// <remarks>
/// The package <c>System.IO.Hashing</c> does not restore from the feed this project builds with; Azure.Storage.Common
/// loads an assembly of that name when it uploads. This project has that very assembly name and takes the package's
/// place. Delete it the day the package restores. See <c>docs/decisions/0004-stand-in-assembly.md</c>.
/// </remarks>
public abstract class NonCryptographicHashAlgorithm
{
    /// <param name="hashLengthInBytes">Length of the hash, at least 1.</param>
    protected NonCryptographicHashAlgorithm(int hashLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashLengthInBytes, 1);
        HashLengthInBytes = hashLengthInBytes;
    }

    /// <summary>Length of the hash in bytes.</summary>
    public int HashLengthInBytes { get; }

    /// <summary>Adds <paramref name="source"/> to what is hashed.</summary>
    public abstract void Append(ReadOnlySpan<byte> source);

    /// <summary>Forgets all that was added.</summary>
    public abstract void Reset();

    /// <summary>Writes the hash of what was added; the state stays.</summary>
    protected abstract void GetCurrentHashCore(Span<byte> destination);

    /// <summary>Writes the hash and forgets all that was added.</summary>
    protected virtual void GetHashAndResetCore(Span<byte> destination)
    {
        GetCurrentHashCore(destination);
        Reset();
    }

    /// <summary>Adds <paramref name="source"/> to what is hashed.</summary>
    public void Append(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Append(source.AsSpan());
    }

    /// <summary>The hash of what was added.</summary>
    public byte[] GetCurrentHash()
    {
        var hash = new byte[HashLengthInBytes];
        GetCurrentHashCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of what was added and returns its length.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than the hash.</exception>
    public int GetCurrentHash(Span<byte> destination)
    {
        GetCurrentHashCore(Fitting(destination));
        return HashLengthInBytes;
    }

    /// <summary>The hash of what was added, which is forgotten.</summary>
    public byte[] GetHashAndReset()
    {
        var hash = new byte[HashLengthInBytes];
        GetHashAndResetCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of what was added, forgets it and returns the hash's length.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than the hash.</exception>
    public int GetHashAndReset(Span<byte> destination)
    {
        GetHashAndResetCore(Fitting(destination));
        return HashLengthInBytes;
    }

    private Span<byte> Fitting(Span<byte> destination) => destination.Length >= HashLengthInBytes
        ? destination[..HashLengthInBytes]
        : throw new ArgumentException($"The hash needs {HashLengthInBytes} bytes, the destination has {destination.Length}.", nameof(destination));
}
