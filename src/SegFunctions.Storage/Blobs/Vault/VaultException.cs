namespace SegFunctions.Storage.Blobs.Vault;

/// <summary>A blob of the vault does not open.</summary>
public sealed class VaultException : Exception
{
    internal VaultException(string blob, VaultFault fault, string explanation)
        : base($"The blob '{blob}' of the vault does not open: {explanation}.")
    {
        Blob = blob;
        Fault = fault;
    }

    public string Blob { get; }

    public VaultFault Fault { get; }
}

/// <summary>Why a blob of the vault does not open.</summary>
public enum VaultFault
{
    /// <summary>It was not written by a vault.</summary>
    NotSealed,

    /// <summary>It was written by a newer program.</summary>
    NewerFormat,

    /// <summary>The key that it was sealed with is not in the ring.</summary>
    UnknownKey,

    /// <summary>It was changed, cut short, put together anew or moved under another name.</summary>
    Tampered,
}
