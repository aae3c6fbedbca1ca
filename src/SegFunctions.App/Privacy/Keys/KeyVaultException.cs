namespace SegFunctions.App.Privacy.Keys;

/// <summary>The keys of the vault cannot be had from Key Vault; the message says why, and the cure.</summary>
internal sealed class KeyVaultException(string message, Exception? innerException) : Exception(message, innerException);
