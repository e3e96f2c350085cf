/** The command line: a second face on the same services, called by schedulers, tests and benchmarks. */
import { Command, CommanderError } from 'commander'
import type { CoreEvent } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { FrontDesk } from '../front-desk/index.ts'
import * as accounts from './account-commands.ts'
import * as audits from './audit-commands.ts'
import * as backups from './backup-commands.ts'
import * as drills from './backup-drill-commands.ts'
import * as dues from './backup-due-commands.ts'
import * as cases from './case-commands.ts'
import {
  type CommandContext,
  type CommonOptions,
  commandContext,
  type ExitCode,
  WrongUse,
} from './context.ts'
import { runDemo } from './demo.ts'
import * as exports from './export-commands.ts'
import * as reading from './ocr-commands.ts'
import * as proofs from './proof-commands.ts'
import * as checks from './reconcile-commands.ts'
import * as restores from './restore-commands.ts'
import * as searches from './search-commands.ts'
import * as vaults from './vault-commands.ts'

export interface CommandLineParts {
  readonly desk: FrontDesk
  readonly onEvent: (listener: (event: CoreEvent) => void) => void
  /** The folder of sample case and templates. */
  readonly assetsRoot: string
  readonly version: string
}

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value]

/** Runs one command. Errors go to standard error; the exit code is 0, 1, 2 or 3 as design.md §7 says. */
export async function runCommandLine(words: readonly string[], parts: CommandLineParts): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = new Command('juanku')
    .description('卷库：离线电子卷宗 · offline records room')
    .version(parts.version)
    .exitOverride()
    // So that `search check --vault …` gives its options to the check, not to the search round it.
    .enablePositionalOptions()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })

  const command = (parent: Command, usage: string, description: string) =>
    parent
      .command(usage)
      .description(description)
      .option('--vault <dir>', '保险库文件夹 vault folder')
      .option('--user <name>', '账户 account')
      .option('--json', 'print one JSON document')
      .option('--take-over-lock', '接管已失效的锁 take over a stale lock')
      .option('--password-fd <n>', '密码从文件描述符读，0 为标准输入 read the password from a descriptor')

  const run =
    <A extends readonly unknown[]>(work: (context: CommandContext, ...args: A) => Promise<void>) =>
    async (...args: unknown[]) => {
      const options = args.at(-2) as CommonOptions
      const context = commandContext(parts.desk, options, parts.assetsRoot, { onEvent: parts.onEvent })
      await work(context, ...(args.slice(0, -1) as unknown as A))
      code = context.exitCode()
    }

  const vault = program.command('vault').description('保险库')
  command(vault, 'create', '建立保险库')
    .requiredOption('--unit <name>', '单位名称')
    .requiredOption('--system <account>', '系统管理员账户')
    .option('--security <account>', '安全保密管理员账户')
    .requiredOption('--auditor <account>', '安全审计员账户')
    .option('--small-unit', '小单位模式：系统管理员兼任安全保密管理员')
    .option('--name <name>', '档案管理员姓名')
    .option('--sheet <file>', '恢复单 PDF')
    .action(run((context, options: vaults.CreateOptions) => vaults.createVault(context, options)))
  command(vault, 'info', '保险库概况').action(run((context) => vaults.vaultInfo(context)))
  command(vault, 'check', '逐个验封').action(run((context) => vaults.checkVault(context)))

  const user = program.command('user').description('账户')
  command(user, 'list', '账户列表').action(run((context) => accounts.listUsers(context)))
  command(user, 'create <account>', '新建账户（系统管理员）')
    .requiredOption('--role <role>', '申请的角色', collect)
    .option('--name <name>', '姓名')
    .option('--staff-number <number>', '工号')
    .action(
      run((context, account: string, options: accounts.CreateUserOptions) =>
        accounts.createUser(context, account, options),
      ),
    )
  command(user, 'approve <account>', '批准账户（安全保密管理员）')
    .option('--role <role>', '授予的角色；不写即所申请的', collect)
    .option('--restricted', '另移交副卷钥')
    .action(
      run((context, account: string, options: accounts.ApproveUserOptions) =>
        accounts.approveUser(context, account, options),
      ),
    )
  command(user, 'reject <account>', '驳回账户（安全保密管理员）')
    .requiredOption('--reason <text>', '原因')
    .action(
      run((context, account: string, options: { reason: string }) =>
        accounts.rejectUser(context, account, options),
      ),
    )
  command(user, 'deliver-keys <account>', '移交密钥（档案管理员）').action(
    run((context, account: string) => accounts.deliverKeys(context, account)),
  )
  command(user, 'lock <account>', '停用账户').action(
    run((context, account: string) => accounts.setUserLocked(context, account, true)),
  )
  command(user, 'unlock <account>', '启用账户').action(
    run((context, account: string) => accounts.setUserLocked(context, account, false)),
  )

  const caseCommand = program.command('case').description('案件')
  command(caseCommand, 'add <number>', '登记案件')
    .option('--cause <text>', '案由')
    .option('--archive-number <number>', '档号')
    .option('--handler <name>', '承办人')
    .option('--party <role:name>', '当事人，如 原告:王某', collect)
    .option('--volume <kind>', '卷别', collect)
    .action(
      run((context, number: string, options: cases.AddCaseOptions) =>
        cases.addCase(context, number, options),
      ),
    )
  command(caseCommand, 'list', '案件列表')
    .option('--text <text>', '筛选')
    .option('--limit <n>', '条数', (value) => Number(value), 100)
    .action(run((context, options: { text?: string; limit: number }) => cases.listCases(context, options)))
  command(caseCommand, 'show <number>', '案件目录').action(
    run((context, number: string) => cases.showCase(context, number)),
  )

  command(program, 'import <paths...>', '导入扫描件')
    .requiredOption('--case <number>', '案号')
    .option('--volume <kind>', '卷别', '正卷')
    .option('--map <file>', '目录表 CSV/XLSX')
    .option('--keep-duplicates', '重复文件也导入')
    .option('--front <kinds>', '开头不编号的页，如 cover,catalogue')
    .option('--back <kinds>', '末尾不编号的页，如 note')
    .action(
      run((context, paths: string[], options: cases.ImportOptions) =>
        cases.importFiles(context, paths, options),
      ),
    )
  const search = command(program, 'search <text>', '检索')
    .option('--field <field>', '只在此项中找，如 案由、当事人、页内')
    .option('--order <order>', 'newest 新的在前，best 最相关的在前', 'newest')
    .option('--tolerant', '容许识别混淆的字')
    .option('--limit <n>', '条数', (value) => Number(value), 50)
    .action(
      run((context, text: string, options: searches.SearchOptions) =>
        searches.searchRoom(context, text, options),
      ),
    )
  command(search, 'check', '核对索引与目录').action(run((context) => searches.checkIndex(context)))
  command(search, 'rebuild', '重建索引').action(run((context) => searches.rebuildIndex(context)))

  const ocr = program.command('ocr').description('识别页面文字')
  command(ocr, 'run <number>', '识别一个案件')
    .option('--volume <kind>', '只识别这一卷，如 正卷')
    .option('--all', '已识别的页也重新识别')
    .action(
      run((context, number: string, options: reading.ReadOptions) =>
        reading.readCase(context, number, options),
      ),
    )
  command(ocr, 'status', '识别进度').action(run((context) => reading.readingStatus(context)))

  command(program, 'export <number>', '导出案件、卷或件')
    .option('--as <format>', '格式：pdf（双层 PDF/A-2u）', 'pdf')
    .requiredOption('--to <dir>', '已有的文件夹')
    .requiredOption('--purpose <text>', '用途')
    .option('--volume <kind>', '卷别；不写为全案')
    .option('--item <n>', '件的序号')
    .option('--files <way>', '分成文件：whole | volume | item', 'whole')
    .action(
      run((context, number: string, options: exports.ExportCaseOptions) =>
        exports.exportCase(context, number, options),
      ),
    )

  const reconcile = command(program, 'reconcile <volume>', '纸电核对一卷')
    .option('--case <number>', '案号')
    .option('--paper <path>', '纸质的新扫描件（文件夹或文件），或其目录表 CSV/XLSX；可多次', collect)
    .option('--part', '只扫描了一部分')
    .option('--duplex', '双面扫描：正面、反面依次')
    .option('--images-only', '不先识别文字，只比图像')
    .action(
      run((context, volume: string, options: checks.ReconcileOptions) =>
        checks.reconcileVolume(context, volume, options),
      ),
    )
  command(reconcile, 'verify <report>', '校验核对报告（JSON 或 PDF）').action(
    run((context, report: string) => proofs.verifyProof(context, report)),
  )
  command(reconcile, 'reports <number>', '案件各卷的核对报告').action(
    run((context, number: string) => proofs.listProofs(context, number)),
  )

  const audit = program.command('audit').description('审计记录')
  command(audit, 'verify', '校验全部记录').action(run((context) => audits.verifyLog(context)))
  command(audit, 'export <folder>', '导出任何人可校验的证据')
    .option('--case <number>', '只列出此案号的记录')
    .option('--from <time>', '自，UTC ISO 时间')
    .option('--to <time>', '至，UTC ISO 时间')
    .action(
      run((context, folder: string, options: audits.ExportLogOptions) =>
        audits.exportLog(context, folder, options),
      ),
    )

  const backup = program.command('backup').description('备份到载体、核验与恢复')
  command(backup, 'init <dir>', '登记载体')
    .requiredOption('--number <number>', '介质编号')
    .requiredOption('--set <letter>', '套别：A 封存、B 异地、C 在用')
    .requiredOption('--place <place>', '存放地')
    .option('--model <text>', '品牌型号')
    .option('--serial <text>', '序列号')
    .option('--secrecy <text>', '密级')
    .option('--note <text>', '备注')
    .action(
      run((context, folder: string, options: backups.InitOptions) =>
        backups.initMedium(context, folder, options),
      ),
    )
  command(backup, 'media', '载体台账').action(run((context) => backups.listMedia(context)))
  const onMedium = (usage: string, description: string) =>
    command(backup, usage, description).option('--medium <number>', '介质编号；只接入一块在用的可不写')
  onMedium('run', '备份')
    .option('--full', '全量：重读载体上的全部内容')
    .action(run((context, options: { full?: boolean }) => backups.runBackup(context, options)))
  onMedium('list', '备份登记').action(
    run((context, options: backups.MediumOptions) => backups.listBackups(context, options)),
  )
  onMedium('verify', '核验载体')
    .option('--quick', '只核对文件是否齐全')
    .option('--sample', '抽读不少于百分之五')
    .action(run((context, options: backups.VerifyOptions) => backups.verifyBackup(context, options)))
  onMedium('repair', '从卷库修复载体上损坏的文件').action(
    run((context, options: backups.MediumOptions) => backups.repairBackup(context, options)),
  )
  onMedium('prune', '按保留方案清理；不加 --yes 只预览')
    .option('--yes', '执行清理')
    .action(run((context, options: { yes?: boolean }) => backups.pruneBackups(context, options)))
  onMedium('restore', '恢复整库或单案到新的文件夹，或恢复一页的版本')
    .option('--to <dir>', '新的空文件夹')
    .option('--snapshot <id>', '哪一次备份；不写为最新一次')
    .option('--from <dir>', '只凭载体恢复整库，不需要卷库与登录')
    .option('--case <number>', '只恢复这一案')
    .option('--page <n>', '只看或恢复这一页：影像号，或“册-影像号”；要有 --case')
    .option('--volume <kind>', '页所在的卷', '正卷')
    .option('--reason <text>', '恢复备份时的页版本的理由；不写只比较')
    .option('--image-only', '只补回损坏或缺失的影像，不换版本')
    .action(run((context, options: restores.RestoreOptions) => restores.restoreBackup(context, options)))
  onMedium('drill', '恢复演练：恢复到临时位置，用密码或份额打开并查验')
    .option('--snapshot <id>', '哪一次备份；不写为最新一次')
    .option('--account <name>', '用谁的密码打开（密码取自 JUANKU_DRILL_PASSWORD 或当场输入）')
    .option('--shares', '用两份恢复份额打开')
    .option('--sample <count>', '只抽验这么多文件；不写为全部')
    .option('--scenario <text>', '场景')
    .option('--participants <text>', '参加人')
    .option('--rto <minutes>', '恢复用时目标，分钟')
    .option('--rpo <hours>', '可能丢失目标，小时')
    .action(run((context, options: drills.DrillOptions) => drills.drillBackup(context, options)))
  command(backup, 'print <register> <file>', '登记簿写成 PDF 或 CSV').action(
    run((context, register: string, file: string) => drills.printRegister(context, register, file)),
  )
  command(backup, 'due', '到期的备份任务；有逾期时退出码为 1')
    .option('--run', '备份到已插入的到期载体，供系统定时执行；密码只从标准输入或 --password-fd 读')
    .action(run((context, options: { run?: boolean }) => dues.dueBackups(context, options)))

  const jobs = program.command('jobs').description('任务')
  command(jobs, 'list', '任务列表').action(run((context) => cases.listJobs(context)))
  command(jobs, 'resume <id>', '继续任务').action(run((context, id: string) => cases.resumeJob(context, id)))

  command(program, 'demo', '在样例案件上走一遍')
    .option('--keep <dir>', '保留演示保险库')
    .action(run((context, options: { keep?: string }) => runDemo(context, options)))

  try {
    await program.parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof WrongUse) {
      process.stderr.write(`${error.message}\n`)
      return 2
    }
    const envelope =
      error instanceof AppError ? error.toEnvelope() : new AppError('CALL_INTERNAL').toEnvelope()
    process.stderr.write(`${envelope.code} ${JSON.stringify(envelope.details)}\n`)
    if (!(error instanceof AppError))
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return envelope.code === 'CALL_INVALID_INPUT' ? 2 : 3
  }
}
