using System.Text.Json.Serialization;

namespace SegFunctions.App.Hosting.CustomHandler;

[JsonSerializable(typeof(string))]
internal sealed partial class TextContext : JsonSerializerContext;
