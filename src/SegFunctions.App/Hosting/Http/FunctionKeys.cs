using System.Security.Cryptography;
using System.Text;
using SegFunctions.App.Hosting.Declaration;

namespace SegFunctions.App.Hosting.Http;

/// <summary>Who may call HTTP functions of the built-in host; in Azure the Functions host asks for its own keys.</summary>
/// <remarks>The app's one key stands for both the host key and the master key. Comparison takes the same time wherever a wrong key differs.</remarks>
internal sealed class FunctionKeys(string key)
{
    // Digests have one length, so not even the key's length shows in the time that the comparison takes.
    private readonly byte[] _digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The header wins over the query, as in Azure: a wrong header is not healed by a right query.</summary>
    public bool Allow(HttpRequest request, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous)
            return true;
        var shown = request.Headers["x-functions-key"].ToString();
        if (shown.Length == 0)
            shown = request.Query["code"].ToString();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(shown), digest);
        return CryptographicOperations.FixedTimeEquals(digest, _digest);
    }
}
