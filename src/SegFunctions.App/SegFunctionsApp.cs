using SegFunctions.App.Functions;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.App.Hosting.Settings;
using SegFunctions.App.Identity;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Refresh;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Orchestration;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App;

/// <summary>What the app is made of: its functions, and the parts that they work with.</summary>
internal static class SegFunctionsApp
{
    /// <summary>All functions of this assembly.</summary>
    /// <exception cref="FunctionDeclarationException">A declaration is faulty; every fault is listed.</exception>
    public static FunctionRegistry Functions() => FunctionRegistry.FromAssembly(typeof(SegFunctionsApp).Assembly);

    /// <summary>Options of a host inside another process; the caller says where storage and HTTP are.</summary>
    public static SegFunctionsHostOptions Options(IConfiguration configuration, Func<StorageAccount> storage) => new()
    {
        Functions = Functions(),
        Storage = storage,
        Services = Register,
        Configuration = configuration,
        ApiKey = AppSettings.Find(configuration, AppSettingNames.ApiKey),
    };

    /// <summary>Registers what the functions need.</summary>
    /// <exception cref="SettingsException">Settings are missing or wrong; every fault is listed.</exception>
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        var settings = DomainSettings.Read(configuration);
        services.AddSingleton(settings.Refresh);
        services.AddSingleton(settings.Keep);
        services.AddSingleton(new CustomerKeyDerivation(settings.CustomerKeySecret));

        services.AddSingleton(provider => new Lake(Account(provider).Blobs.GetContainer(Lake.ContainerName), Clock(provider)));
        services.AddSingleton(provider => new Vault(
            Account(provider).Blobs.GetContainer(Vault.ContainerName), provider.GetRequiredService<VaultKeys>()));
        services.AddSingleton<UploadTable>();
        services.AddSingleton<UploadArtifacts>();
        services.AddSingleton<UploadIntake>();
        services.AddSingleton<HeldUploads>();
        services.AddSingleton<Corrections>();

        services.AddSingleton<MembershipTables>();
        services.AddSingleton<RunTable>();
        services.AddSingleton<SegmentTable>();
        services.AddSingleton<SegmentNames>();
        services.AddSingleton<SegmentMembersReader>();
        services.AddSingleton<MembershipReader>();
        services.AddSingleton<CurrentRunReader>();
        services.AddSingleton<ShardPublisher>();
        services.AddSingleton(provider => new ServingClock(Clock(provider), ServingClock.DefaultStaleAfter));

        services.AddSingleton<FeatureStore>();
        services.AddSingleton<ModelStore>();
        services.AddSingleton<LakeContracts>();
        services.AddSingleton<LakeContacts>();
        services.AddSingleton<LakeOrders>();
        services.AddSingleton<RefreshPlans>();
        services.AddSingleton(new RefreshSeats());
        services.AddSingleton<RefreshActivities>();
        services.AddSingleton<RefreshTraining>();
        services.AddSingleton<RefreshStarter>();
        services.AddSingleton<RefreshAfterUpload>();
        services.AddSingleton<RunHistory>();

        services.AddPrivacy(settings);
        services.AddIdentity();

        services.AddSingleton(Orchestrations());
        services.AddSingleton(provider => Instances(Account(provider)));
        services.AddSingleton<OrchestrationClient>();
        services.AddSingleton(provider =>
        {
            var registry = new OrchestrationRegistry();
            registry.AddOrchestrator<RefreshInput, RunTotals?>(RefreshOrchestrator.OrchestrationName, () => new RefreshOrchestrator());
            provider.GetRequiredService<RefreshActivities>().Register(registry);
            provider.GetRequiredService<RefreshTraining>().Register(registry);
            provider.GetRequiredService<IdentityActivities>().Register(registry);
            registry.AddOrchestrator<ErasureInput, bool>(ErasureOrchestrator.OrchestrationName, () => new ErasureOrchestrator());
            provider.GetRequiredService<ErasureActivities>().Register(registry);
            return registry;
        });
        services.AddSingleton<OrchestrationEngine>();
    }

    /// <summary>Starting and watching refreshes without a host, on the same storage as one.</summary>
    public static (RefreshStarter Starter, RunHistory History) Refreshes(StorageAccount storage, TimeProvider time)
    {
        var runs = new RunTable(new MembershipTables(storage));
        var client = new OrchestrationClient(Instances(storage), Orchestrations(), time);
        return (new RefreshStarter(runs, client, new RefreshOptions(), time), new RunHistory(runs, client, time));
    }

    private static OrchestrationOptions Orchestrations() => new() { Json = AppJson.Default.Options };

    private static OrchestrationStorage Instances(StorageAccount storage) => new(storage.Tables, storage.Blobs, storage.Queues);

    private static StorageAccount Account(IServiceProvider provider) => provider.GetRequiredService<StorageAccount>();

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
