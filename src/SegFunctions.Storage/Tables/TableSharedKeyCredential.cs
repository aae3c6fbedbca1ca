using System.Security.Cryptography;
using System.Text;

namespace SegFunctions.Storage.Tables;

/// <summary>The name of a storage account and one of its two keys.</summary>
public sealed class TableSharedKeyCredential
{
    private byte[] _key;

    /// <param name="accountKey">The key in base64, as the portal shows it.</param>
    /// <exception cref="ArgumentException">The name is empty, or the key is no base64.</exception>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        AccountName = accountName;
        _key = Decode(accountKey);
    }

    public string AccountName { get; }

    /// <summary>Takes the other key from now on; clients that hold this credential need not be rebuilt.</summary>
    /// <exception cref="ArgumentException">The key is no base64.</exception>
    public void SetAccountKey(string accountKey) => Volatile.Write(ref _key, Decode(accountKey));

    /// <summary>HMAC-SHA256 of the text's UTF-8 under the account key, in base64.</summary>
    internal string Sign(string text)
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Volatile.Read(ref _key), Encoding.UTF8.GetBytes(text), signature);
        return Convert.ToBase64String(signature);
    }

    private static byte[] Decode(string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        try
        {
            return Convert.FromBase64String(accountKey);
        }
        catch (FormatException fault)
        {
            throw new ArgumentException(
                "The account key is no base64. Copy 'key1' or 'key2' of the storage account's access keys as it stands there.",
                nameof(accountKey),
                fault);
        }
    }
}
