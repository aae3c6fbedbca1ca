using System.Text.Json.Nodes;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>Lists of texts in the header of a stored model.</summary>
internal static class StoredTexts
{
    public static JsonArray Write(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <exception cref="InvalidDataException">Something else stands in the list.</exception>
    public static string[] Read(ModelFile file, string name)
    {
        var list = file.List(name);
        var texts = new string[list.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (list[i] is not JsonValue value || !value.TryGetValue<string>(out var text))
                throw new InvalidDataException($"The stored model's list \"{name}\" holds something other than texts; it is damaged.");
            texts[i] = text;
        }

        return texts;
    }
}
