using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace SegFunctions.Storage.Tables.Wire;

/// <summary>Reads the service's error objects: <c>{"odata.error":{"code":…,"message":{"lang":…,"value":…}}}</c>.</summary>
internal sealed class TableError : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        data = null;
        error = null;
        if (response.ContentStream is not MemoryStream)
            return false;
        var (code, message) = Parse(response.Content.ToMemory().Span);
        if (code is null)
            return false;
        error = new ResponseError(code, message);
        return true;
    }

    /// <summary>Code and message of the error object at the start of a text, whatever follows it.</summary>
    /// <returns>Where there is no error object, no code and as message the text itself.</returns>
    public static (string? Code, string Message) Parse(ReadOnlySpan<byte> text)
    {
        string? code = null;
        string? found = null;
        try
        {
            // What follows the object is the end of a multipart body: the reader is stopped before it gets there.
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isCode = reader.ValueTextEquals("code"u8);
                    var isMessage = reader.ValueTextEquals("value"u8) || reader.ValueTextEquals("message"u8);
                    if ((isCode || isMessage) && reader.Read() && reader.TokenType == JsonTokenType.String)
                    {
                        if (isCode)
                            code = reader.GetString();
                        else
                            found = reader.GetString();
                    }
                }

                if (reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 })
                    break;
            }
        }
        catch (JsonException)
        {
            // No JSON: a proxy's page, or nothing. The text is shown as it is.
        }

        return (code, found ?? TableRules.Show(Encoding.UTF8.GetString(text)));
    }
}
